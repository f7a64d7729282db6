package tv.hearth.transfer.net;

import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/** Carries out deletions whose time has come, once an hour. */
final class Sweep {
  private static final System.Logger LOG = System.getLogger(Sweep.class.getName());
  private static final int FIRST_MINUTES = 2;
  private static final int MINUTES = 60;

  private final Node node;

  Sweep(Node node) {
    this.node = node;
  }

  void start() {
    node.engine()
        .clientLoop()
        .scheduleWithFixedDelay(this::begin, FIRST_MINUTES, MINUTES, TimeUnit.MINUTES);
  }

  /** Lets it be done by the thread of orders, of which there is one. */
  void begin() {
    try {
      node.engine().order(this::run);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "no sweep while stopping");
    }
  }

  private void run() {
    try {
      node.desks().deletions().sweep();
    } catch (Exception e) {
      LOG.log(System.Logger.Level.WARNING, "deletions that are due will be tried again later", e);
    }
  }
}
