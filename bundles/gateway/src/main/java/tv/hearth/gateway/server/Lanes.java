package tv.hearth.gateway.server;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The readers as two lanes: what other devices ask for never has all the threads, so that the box's
 * own screen does not wait behind their films. Thread-safe.
 */
public final class Lanes {
  private static final int THIRDS = 3;

  private final Executor pool;
  private final int most;
  private final int longest;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /** Over the pool of {@link Readers#pool}. */
  public Lanes(Executor pool, Settings settings) {
    this.pool = pool;
    this.most = Math.max(1, settings.readers() - Math.max(1, settings.readers() / THIRDS));
    this.longest = 2 * settings.connections();
  }

  /** The lane of the box itself, or that of the other devices. */
  Executor lane(boolean own) {
    return own ? pool : this::queue;
  }

  /**
   * Waits in the line.
   *
   * @throws RejectedExecutionException where the line is too long, or the pool is closed
   */
  private synchronized void queue(Runnable task) {
    if (waiting.size() >= longest) {
      throw new RejectedExecutionException("too many reads of other devices at once");
    }
    if (running < most) {
      start(task);
    } else {
      waiting.add(task);
    }
  }

  private void start(Runnable task) {
    pool.execute(() -> run(task));
    running++;
  }

  private void run(Runnable task) {
    try {
      task.run();
    } finally {
      ended();
    }
  }

  private synchronized void ended() {
    running--;
    Runnable next = waiting.poll();
    if (next != null) {
      start(next);
    }
  }
}
