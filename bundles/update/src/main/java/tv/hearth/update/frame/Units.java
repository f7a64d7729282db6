package tv.hearth.update.frame;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.framework.Constants;
import org.osgi.framework.startlevel.BundleStartLevel;
import tv.hearth.api.update.Release;
import tv.hearth.api.update.Unit;
import tv.hearth.support.owner.Ownership;
import tv.hearth.support.release.Bounded;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.UnitRecord;

/** The bundles of a set as they are in the framework. Thread-safe. */
public final class Units {
  private static final java.time.Duration LONGEST = java.time.Duration.ofSeconds(30);

  private final BundleContext system;

  /** Over the framework. */
  public Units(BundleContext context) {
    this.system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION).getBundleContext();
  }

  /** The release that runs; for an empty one what the firmware came with. */
  public Release release(Optional<SetRecord> set) {
    TreeMap<String, Unit> units = new TreeMap<>();
    for (SetRecord each : set.stream().toList()) {
      for (UnitRecord unit : each.units()) {
        units.put(unit.symbolicName(), missing(unit));
      }
    }
    for (Bundle bundle : system.getBundles()) {
      String name = bundle.getSymbolicName();
      if (Ownership.isOurs(name) && (set.isEmpty() || isOf(set.get(), name))) {
        units.put(name, unit(bundle));
      }
    }
    List<Unit> all = new ArrayList<>(units.values());
    return set.map(s -> new Release(s.target(), s.name(), s.version(), s.counter(), all))
        .orElseGet(() -> new Release("", "firmware", "0", 0, all));
  }

  /** Starts, stops, or restarts (STARTING) a bundle. */
  public void set(String symbolicName, Unit.State state) throws FrameException {
    for (Bundle bundle : system.getBundles()) {
      if (symbolicName.equals(bundle.getSymbolicName())) {
        Bounded.call(
            state + " " + symbolicName,
            LONGEST,
            () -> {
              set(bundle, state);
              return bundle;
            });
        return;
      }
    }
    throw new FrameException("there is no " + symbolicName);
  }

  private static void set(Bundle bundle, Unit.State state) throws BundleException {
    switch (state) {
      case ACTIVE -> bundle.start();
      case STARTING -> {
        bundle.stop(Bundle.STOP_TRANSIENT);
        bundle.start();
      }
      case IDLE, STOPPING -> bundle.stop();
    }
  }

  /** The firmware's own are of every set. */
  private static boolean isOf(SetRecord set, String name) {
    return !Ownership.isManaged(name) || set.unit(name).isPresent();
  }

  private static Unit missing(UnitRecord unit) {
    return new Unit(
        unit.symbolicName(),
        unit.version(),
        -1,
        Ownership.isBase(unit.symbolicName()),
        Unit.State.IDLE,
        "not installed");
  }

  /**
   * Stopped by somebody's wish, and not because it failed: then the framework starts it no more.
   */
  private static boolean wasSetIdle(Bundle bundle) {
    return !bundle.adapt(BundleStartLevel.class).isPersistentlyStarted();
  }

  private static Unit unit(Bundle bundle) {
    Unit.State state =
        switch (bundle.getState()) {
          case Bundle.ACTIVE -> Unit.State.ACTIVE;
          case Bundle.STARTING -> Unit.State.STARTING;
          case Bundle.STOPPING -> Unit.State.STOPPING;
          default -> Unit.State.IDLE;
        };
    String reason =
        switch (bundle.getState()) {
          case Bundle.INSTALLED -> "not resolved";
          case Bundle.RESOLVED -> wasSetIdle(bundle) ? "" : "stopped";
          default -> "";
        };
    return new Unit(
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        bundle.getBundleId(),
        Ownership.isBase(bundle.getSymbolicName()),
        state,
        reason);
  }
}
