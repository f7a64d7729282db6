package tv.hearth.update.frame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.ServiceReference;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.support.release.Bounded;
import tv.hearth.support.release.Frame;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.Ownership;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.UnitRecord;
import tv.hearth.update.engine.Ports;

/** How the box is, by bundles, services and probes. */
public final class OsgiVitals implements Ports.Vitals {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final String OURS = "tv.hearth.";

  private final Bundle system;
  private final Frame frame;
  private final Supplier<Map<String, HealthProbe>> probes;

  /** Over the framework, and the probes that are there now by their bundles' names. */
  public OsgiVitals(BundleContext context, Frame frame, Supplier<Map<String, HealthProbe>> probes) {
    this.system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    this.frame = frame;
    this.probes = probes;
  }

  @Override
  public List<String> services() {
    TreeSet<String> names = new TreeSet<>();
    for (Bundle bundle : system.getBundleContext().getBundles()) {
      ServiceReference<?>[] offered = bundle.getRegisteredServices();
      if (offered != null && Ownership.isManaged(bundle.getSymbolicName())) {
        for (ServiceReference<?> service : offered) {
          if (!isGiven(service)) {
            continue;
          }
          Arrays.stream((String[]) service.getProperty(Constants.OBJECTCLASS))
              .filter(name -> name.startsWith(OURS))
              .forEach(name -> names.add(name + " " + bundle.getSymbolicName()));
        }
      }
    }
    return List.copyOf(names);
  }

  @Override
  public Map<String, String> ailing() {
    Map<String, String> ailing = new TreeMap<>();
    probes
        .get()
        .forEach(
            (name, probe) -> {
              Health health = ask(name, probe);
              if (health.state() == HealthProbe.State.FAILED) {
                ailing.put(name, health.reason());
              }
            });
    return ailing;
  }

  @Override
  public List<String> idle(SetRecord set) {
    Map<String, Boolean> active =
        frame.bundles().stream()
            .collect(
                Collectors.toMap(
                    Frame.Placed::symbolicName, Frame.Placed::active, Boolean::logicalOr));
    List<String> idle = new ArrayList<>();
    for (UnitRecord unit : set.units()) {
      if (!active.getOrDefault(unit.symbolicName(), false)) {
        idle.add(unit.symbolicName());
      }
    }
    return idle;
  }

  @Override
  public boolean isUp() {
    return (system.getState() & (Bundle.ACTIVE | Bundle.STARTING)) != 0;
  }

  /**
   * A component that fails when it is activated is registered all the same, and gives nothing to
   * who asks for it.
   */
  private boolean isGiven(ServiceReference<?> service) {
    try {
      return Bounded.call("get " + service, LONGEST, () -> isGivenNow(service));
    } catch (FrameException e) {
      return false;
    }
  }

  private boolean isGivenNow(ServiceReference<?> service) {
    BundleContext context = system.getBundleContext();
    boolean isGiven = context.getService(service) != null;
    if (isGiven) {
      context.ungetService(service);
    }
    return isGiven;
  }

  private static Health ask(String name, HealthProbe probe) {
    try {
      Health health = Bounded.call("probe of " + name, LONGEST, probe::check);
      return health == null ? Health.failed("its probe said nothing") : health;
    } catch (FrameException e) {
      return Health.failed(e.getMessage());
    }
  }
}
