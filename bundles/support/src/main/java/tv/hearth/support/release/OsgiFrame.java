package tv.hearth.support.release;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkEvent;
import org.osgi.framework.startlevel.BundleStartLevel;
import org.osgi.framework.wiring.FrameworkWiring;
import tv.hearth.support.owner.Ownership;

/** The OSGi framework that this bundle runs in. Thread-safe. */
public final class OsgiFrame implements Frame {
  /** Location of a bundle that a release added, before its symbolic name. */
  public static final String LOCATION = "hearth:";

  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final int ACTIVE = Bundle.ACTIVE | Bundle.STARTING;

  private final BundleContext context;
  private final FrameworkWiring wiring;
  private final FrameworkFiles files;

  /**
   * Over the framework, by the context of its own system bundle, which outlives every other's.
   *
   * @param context of any bundle
   */
  public OsgiFrame(BundleContext context) {
    Bundle system = context.getBundle(Constants.SYSTEM_BUNDLE_LOCATION);
    this.context = system.getBundleContext();
    this.wiring = system.adapt(FrameworkWiring.class);
    this.files = new FrameworkFiles(context.getProperty(Constants.FRAMEWORK_STORAGE));
  }

  @Override
  public List<Placed> bundles() {
    List<Placed> ours = new ArrayList<>();
    for (Bundle bundle : context.getBundles()) {
      if (Ownership.isOurs(bundle.getSymbolicName())
          && !bundle.getLocation().startsWith(ShadowSet.LOCATION)) {
        ours.add(
            new Placed(
                bundle.getBundleId(),
                bundle.getSymbolicName(),
                bundle.getVersion().toString(),
                bundle.getLocation(),
                modified(bundle),
                (bundle.getState() & ACTIVE) != 0));
      }
    }
    return ours;
  }

  /** A bundle by reference changes with its file, and the framework says nothing of that. */
  private static long modified(Bundle bundle) {
    return bundle.getLastModified() + 31 * BundleStore.stamp(bundle.getLocation());
  }

  @Override
  public long install(String symbolicName, InputStream jar) throws FrameException {
    return Bounded.call(
        "install " + symbolicName,
        LONGEST,
        () -> {
          try (jar) {
            Bundle bundle = context.installBundle(LOCATION + symbolicName, jar);
            bundle.adapt(BundleStartLevel.class).setStartLevel(level());
            return bundle.getBundleId();
          }
        });
  }

  @Override
  public void update(long id, InputStream jar) throws FrameException {
    bounded(
        "update",
        id,
        bundle -> {
          try (jar) {
            bundle.update(jar);
          }
        });
  }

  @Override
  public void uninstall(long id) throws FrameException {
    bounded("uninstall", id, Bundle::uninstall);
  }

  @Override
  public void stop(long id) throws FrameException {
    bounded("stop", id, bundle -> bundle.stop(Bundle.STOP_TRANSIENT));
  }

  @Override
  public void start(long id) throws FrameException {
    bounded("start", id, Bundle::start);
  }

  @Override
  public Set<Long> closure(Set<Long> ids) {
    Set<Long> closure = new HashSet<>();
    wiring.getDependencyClosure(bundles(ids)).forEach(b -> closure.add(b.getBundleId()));
    return closure;
  }

  @Override
  public String name(long id) {
    Bundle bundle = context.getBundle(id);
    return bundle == null ? "bundle " + id : bundle.getSymbolicName();
  }

  @Override
  public void refresh(Set<Long> ids) throws FrameException {
    List<Bundle> pending = new ArrayList<>(wiring.getRemovalPendingBundles());
    pending.removeIf(bundle -> !ids.contains(bundle.getBundleId()));
    if (pending.isEmpty()) {
      return;
    }
    Bounded.call(
        "refresh " + pending,
        LONGEST,
        () -> {
          CountDownLatch done = new CountDownLatch(1);
          wiring.refreshBundles(
              pending,
              event -> {
                if (event.getType() == FrameworkEvent.PACKAGES_REFRESHED) {
                  done.countDown();
                }
              });
          if (!done.await(LONGEST.toSeconds(), TimeUnit.SECONDS)) {
            throw new TimeoutException("the framework did not say that it was done");
          }
          return done;
        });
  }

  @Override
  public boolean holds(long id, InputStream jar) throws FrameException {
    return Bounded.call(
        "compare " + name(id), LONGEST, () -> BundleContent.is(context.getBundle(id), jar));
  }

  @Override
  public void settle() throws FrameException {
    try {
      files.sync();
    } catch (IOException e) {
      throw new FrameException("the framework's storage: " + e.getMessage(), e);
    }
  }

  private Collection<Bundle> bundles(Set<Long> ids) {
    return Arrays.stream(context.getBundles()).filter(b -> ids.contains(b.getBundleId())).toList();
  }

  /** As the highest of ours that a release may change: what they need is there by then. */
  private int level() {
    return Arrays.stream(context.getBundles())
        .filter(bundle -> Ownership.isManaged(bundle.getSymbolicName()))
        .filter(bundle -> !bundle.getLocation().startsWith(LOCATION))
        .mapToInt(bundle -> bundle.adapt(BundleStartLevel.class).getStartLevel())
        .max()
        .orElse(1);
  }

  private void bounded(String what, long id, Act act) throws FrameException {
    Bundle bundle = context.getBundle(id);
    if (bundle == null) {
      throw new FrameException(what + ": no bundle " + id);
    }
    Bounded.call(
        what + " " + bundle.getSymbolicName(),
        LONGEST,
        () -> {
          act.on(bundle);
          return bundle;
        });
  }

  private interface Act {
    void on(Bundle bundle) throws Exception;
  }
}
