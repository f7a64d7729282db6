package tv.hearth.objects.name;

import java.util.concurrent.TimeUnit;
import tv.hearth.objects.io.Services;
import tv.hearth.objects.io.Workers;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * What is done from time to time in the background: granting and finding the catalogue's key,
 * keeping the household's root, bringing lost records back. Each second while there is something to
 * do or nothing worked yet, less and less often up to a minute when it fails, every five seconds
 * when all is done.
 */
public final class Chores {
  private static final long SOON = TimeUnit.SECONDS.toNanos(1);
  private static final long DONE = TimeUnit.SECONDS.toNanos(5);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(30);
  private final Services services;
  private final Workers workers;
  private final CatalogueGrants grants;
  private final RootKeeper root;
  private final Restocker restocker;
  private long pause = SOON;

  /** Nothing runs before {@link #start}. */
  public Chores(
      Services services,
      Workers workers,
      CatalogueGrants grants,
      RootKeeper root,
      Restocker restocker) {
    this.services = services;
    this.workers = workers;
    this.grants = grants;
    this.root = root;
    this.restocker = restocker;
  }

  /** Runs until the workers are closed. */
  public void start() {
    workers.later(SOON, this::turn);
  }

  private void turn() {
    boolean ready =
        services.missing().isEmpty()
            && services.neighbourhood().now().flatMap(n -> n.map()).isPresent();
    try {
      pause = !ready ? SOON : work() ? DONE : Math.min(LONGEST, pause * 2);
    } catch (ObjectFailure | ServiceMissingException e) {
      System.getLogger(Chores.class.getName())
          .log(System.Logger.Level.DEBUG, "later again: {0}", e.getMessage());
      pause = Math.min(LONGEST, pause * 2);
    } finally {
      workers.later(pause, this::turn);
    }
  }

  private boolean work() throws ObjectFailure {
    boolean stocked = restocker.turn();
    boolean issued = grants.issue();
    root.keep();
    boolean readable =
        services.map().map(m -> m.contentKeys().isEmpty()).orElse(true) || grants.ensure();
    if (!issued || !stocked) {
      pause = SOON / 2;
    }
    return stocked && issued && readable;
  }
}
