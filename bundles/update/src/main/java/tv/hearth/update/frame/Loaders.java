package tv.hearth.update.frame;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.SynchronousBundleListener;
import org.osgi.framework.wiring.BundleWiring;
import tv.hearth.support.owner.Ownership;

/**
 * Counts class loaders of bundles of ours that were exchanged and are still reachable: what a
 * bundle left behind. Right after an exchange some are, until the garbage is collected.
 * Thread-safe.
 */
public final class Loaders implements SynchronousBundleListener, AutoCloseable {
  private static final int MOST = 256;

  private final BundleContext context;
  private final List<Left> old = new ArrayList<>();

  /** Over the framework; watches nothing yet. */
  public Loaders(BundleContext context) {
    this.context = context;
  }

  /** From now on. */
  public void watch() {
    context.addBundleListener(this);
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if (event.getType() == BundleEvent.STOPPED) {
      remember(event.getBundle());
    }
  }

  private record Left(WeakReference<BundleWiring> wiring, WeakReference<ClassLoader> loader) {}

  private synchronized void remember(Bundle bundle) {
    BundleWiring wiring =
        Ownership.isManaged(bundle.getSymbolicName()) ? bundle.adapt(BundleWiring.class) : null;
    old.removeIf(left -> left.loader().get() == null);
    if (wiring == null || old.size() >= MOST) {
      return;
    }
    ClassLoader loader = wiring.getClassLoader();
    if (old.stream().noneMatch(left -> left.loader().get() == loader)) {
      old.add(new Left(new WeakReference<>(wiring), new WeakReference<>(loader)));
    }
  }

  /** How many of those that are not in use any more are still there. */
  public synchronized int leaked() {
    int count = 0;
    for (Left left : old) {
      BundleWiring wiring = left.wiring().get();
      boolean isInUse = wiring != null && wiring.isInUse();
      if (left.loader().get() != null && !isInUse) {
        count++;
      }
    }
    return count;
  }

  @Override
  public void close() {
    context.removeBundleListener(this);
  }
}
