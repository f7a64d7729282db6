package tv.hearth.membership;

import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.BundleListener;
import tv.hearth.support.level.Levels;
import tv.hearth.support.owner.Ownership;

/**
 * Which levels all installed bundles of ours read: what this box can be asked to read. Kept until a
 * bundle changes. Thread-safe.
 */
final class InstalledLevels implements AutoCloseable, BundleListener {
  private static final int CHANGES =
      BundleEvent.INSTALLED | BundleEvent.UPDATED | BundleEvent.UNINSTALLED;

  private final BundleContext context;
  private volatile Levels known;
  private volatile Runnable changed = () -> {};

  InstalledLevels(BundleContext context) {
    this.context = context;
  }

  /** Tells of changes from now on. */
  void watch(Runnable whenChanged) {
    changed = whenChanged;
    context.addBundleListener(this);
  }

  @Override
  public void bundleChanged(BundleEvent event) {
    if ((event.getType() & CHANGES) != 0) {
      known = null;
      changed.run();
    }
  }

  /** What all read; where they share nothing, the first level, which everything says it reads. */
  Levels all() {
    Levels now = known;
    if (now == null) {
      now = looked();
      known = now;
    }
    return now;
  }

  private Levels looked() {
    Levels all = Levels.KNOWN;
    for (Bundle bundle : context.getBundles()) {
      if (Ownership.isManaged(bundle.getSymbolicName())) {
        String said = bundle.getHeaders("").get("Provide-Capability");
        try {
          all = all.and(Levels.ofHeader(said == null ? "" : said));
        } catch (IllegalArgumentException e) {
          return Levels.UNSAID;
        }
      }
    }
    return all;
  }

  @Override
  public void close() {
    context.removeBundleListener(this);
  }
}
