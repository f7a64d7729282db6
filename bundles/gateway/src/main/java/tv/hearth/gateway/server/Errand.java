package tv.hearth.gateway.server;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import tv.hearth.gateway.http.Problems;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * A blocking call of the store on a thread of the readers, its outcome told on the event loop. What
 * fails for a reason that passes (the provider is being replaced) is tried again; between attempts
 * no thread waits.
 */
final class Errand<T> {
  private static final long FIRST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 500;

  private final EventLoop loop;
  private final Executor readers;
  private final Work<T> work;
  private final boolean begun;
  private final Outcome<T> outcome;
  private long failedSince;
  private long pause;

  /** What is done; may be done again. */
  @FunctionalInterface
  interface Work<T> {
    T run() throws ObjectFailure;
  }

  /** Told on the event loop. */
  interface Outcome<T> {
    void done(T result);

    void failed(Throwable failure);

    /** False where nobody waits any more. */
    boolean wanted();
  }

  /**
   * Not begun yet.
   *
   * @param begun whether the client has a part of the body already
   */
  Errand(EventLoop loop, Executor readers, boolean begun, Work<T> work, Outcome<T> outcome) {
    this.loop = loop;
    this.readers = readers;
    this.begun = begun;
    this.work = work;
    this.outcome = outcome;
  }

  /** Begins; called on the event loop. */
  void start() {
    if (!outcome.wanted()) {
      return;
    }
    try {
      readers.execute(this::run);
    } catch (RejectedExecutionException e) {
      outcome.failed(e);
    }
  }

  // Throwable: whatever a provider does, a client that waits must hear of it.
  private void run() {
    try {
      T result = work.run();
      tell(() -> outcome.done(result));
    } catch (Throwable failure) {
      tell(() -> failed(failure));
    }
  }

  private void failed(Throwable failure) {
    long now = System.nanoTime();
    if (pause == 0) {
      failedSince = now;
      pause = FIRST_PAUSE_MILLIS;
    }
    Duration patience = Problems.patience(failure, begun);
    if (now - failedSince >= patience.toNanos()) {
      outcome.failed(failure);
      return;
    }
    loop.schedule(this::start, pause, TimeUnit.MILLISECONDS);
    pause = Math.min(LONGEST_PAUSE_MILLIS, pause * 2);
  }

  private void tell(Runnable news) {
    try {
      loop.execute(news);
    } catch (RejectedExecutionException e) {
      System.getLogger(Errand.class.getName())
          .log(System.Logger.Level.DEBUG, "the gateway closed while the store was asked", e);
    }
  }
}
