package tv.hearth.update.frame;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.wiring.BundleRevision;
import org.osgi.resource.Capability;
import org.osgi.service.component.runtime.ServiceComponentRuntime;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.support.owner.Ownership;
import tv.hearth.support.release.Bounded;
import tv.hearth.support.release.Frame;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.UnitRecord;
import tv.hearth.update.engine.Ports;

/** How the box is, by bundles, services and probes. */
public final class OsgiVitals implements Ports.Vitals {
  private static final Duration LONGEST = Duration.ofSeconds(5);
  private static final String OURS = "tv.hearth.";
  private static final String SERVICES = "osgi.service";

  private final Bundle system;
  private final Frame frame;
  private final BundleContext context;
  private final OperatorLine operator;
  private final Set<ServiceReference<?>> hung = ConcurrentHashMap.newKeySet();

  /** Over the framework, by the context of this bundle. */
  public OsgiVitals(BundleContext context, Frame frame, OperatorLine operator) {
    this.context = context;
    this.operator = operator;
    this.system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    this.frame = frame;
  }

  @Override
  public String line() {
    ServiceReference<MessageBus> bus = context.getServiceReference(MessageBus.class);
    boolean connected = bus != null && with(bus, each -> each != null && each.connected(), false);
    return connected ? operator.broker() : "";
  }

  @Override
  public boolean answers(String broker) {
    try {
      return Bounded.call("connect to " + broker, LONGEST, () -> operator.answers(broker));
    } catch (FrameException e) {
      return false; // a look-up of its name that hangs is no answer
    }
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
  public List<String> stated() {
    List<String> stated = new ArrayList<>();
    for (Bundle bundle : system.getBundleContext().getBundles()) {
      BundleRevision revision = bundle.adapt(BundleRevision.class);
      if (revision != null && Ownership.isManaged(bundle.getSymbolicName())) {
        for (Capability each : revision.getCapabilities(SERVICES)) {
          names(each.getAttributes().get(Constants.OBJECTCLASS))
              .forEach(name -> stated.add(name + " " + bundle.getSymbolicName()));
        }
      }
    }
    return stated;
  }

  private static List<String> names(Object value) {
    return value instanceof Collection<?> all
        ? all.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }

  @Override
  public Map<String, String> ailing() {
    Map<String, String> ailing = new TreeMap<>(failedComponents());
    for (ServiceReference<HealthProbe> reference : probes()) {
      Health health = ask(reference);
      Bundle bundle = reference.getBundle();
      if (bundle != null && health.state() == HealthProbe.State.FAILED) {
        // The probe of a component that can't be activated says nothing: why it can't says more.
        ailing.putIfAbsent(bundle.getSymbolicName(), health.reason());
      }
    }
    return ailing;
  }

  /** Bundles with a component that can't be activated, with why: no probe of theirs tells. */
  public Map<String, String> failedComponents() {
    ServiceReference<ServiceComponentRuntime> runtime =
        context.getServiceReference(ServiceComponentRuntime.class);
    Bundle[] all = system.getBundleContext().getBundles();
    return runtime == null
        ? Map.of()
        : with(
            runtime,
            each -> each == null ? Map.<String, String>of() : FailedComponents.of(each, all),
            Map.of());
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

  /** Looked up, not bound: who binds a component that hangs while it is activated, hangs, too. */
  private Collection<ServiceReference<HealthProbe>> probes() {
    try {
      return context.getServiceReferences(HealthProbe.class, null);
    } catch (InvalidSyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Health ask(ServiceReference<HealthProbe> reference) {
    Health none = Health.failed("its probe says nothing");
    return with(reference, probe -> probe == null ? none : probe.check(), none);
  }

  /**
   * A component that fails when it is activated is registered all the same, and gives nothing to
   * who asks for it.
   */
  private boolean isGiven(ServiceReference<?> reference) {
    return with(reference, service -> service != null, false);
  }

  private <S, R> R with(ServiceReference<S> reference, Function<S, R> use, R otherwise) {
    if (hung.contains(reference)) {
      return otherwise; // one thread is lost to it; not one more at each look
    }
    BundleContext asker = system.getBundleContext();
    try {
      return Bounded.call(
          "ask " + reference,
          LONGEST,
          () -> {
            S service = asker.getService(reference);
            try {
              return use.apply(service);
            } finally {
              if (service != null) {
                asker.ungetService(reference);
              }
            }
          });
    } catch (FrameException e) {
      if (e.getCause() == null) {
        hung.add(reference);
      }
      return otherwise;
    }
  }
}
