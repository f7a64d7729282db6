package tv.hearth.telemetry;

import java.util.IdentityHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Calls other bundles' code within a bounded time. A call that takes longer is interrupted and left
 * behind; whom it belongs to is not called again until it has ended, so that at most {@link
 * #MOST_THREADS} threads ever hang. Used by one thread.
 */
final class TimedCalls implements AutoCloseable {
  static final int MOST_THREADS = 4;

  private final long mostMillis;
  private final Patience patience;
  private final ExecutorService threads;
  private final Map<Object, Progress> hanging = new IdentityHashMap<>();

  TimedCalls(long mostMillis) {
    this(mostMillis, Future::get);
  }

  TimedCalls(long mostMillis, Patience patience) {
    this.mostMillis = mostMillis;
    this.patience = patience;
    threads =
        new ThreadPoolExecutor(
            0,
            MOST_THREADS,
            5,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              Thread thread = new Thread(task, "hearth-telemetry-source");
              thread.setDaemon(true);
              thread.setPriority(Thread.MIN_PRIORITY);
              return thread;
            });
  }

  /** How a call is waited for: by the clock, or by whatever a test knows better. */
  @FunctionalInterface
  interface Patience {
    /** The answer, or {@link TimeoutException} once it took longer. */
    <T> T await(Future<T> answer, long most, TimeUnit unit)
        throws InterruptedException, ExecutionException, TimeoutException;
  }

  /** The answer of {@code task}, which calls {@code whom}. */
  <T> T call(Object whom, Callable<T> task)
      throws InterruptedException, TimeoutException, CallFailedException {
    forgetEnded();
    if (hanging.containsKey(whom)) {
      throw new CallFailedException("still hangs in an earlier call", null);
    }
    Progress progress = new Progress();
    Future<T> answer = submit(noting(task, progress));
    try {
      T value = patience.await(answer, mostMillis, TimeUnit.MILLISECONDS);
      if (value == null) {
        throw new CallFailedException("answered null", null);
      }
      return value;
    } catch (ExecutionException e) {
      throw new CallFailedException("threw " + e.getCause(), e.getCause());
    } catch (TimeoutException e) {
      answer.cancel(true);
      hanging.put(whom, progress);
      throw new TimeoutException("took longer than " + mostMillis + " ms");
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private <T> Future<T> submit(Callable<T> task) throws CallFailedException {
    try {
      return threads.submit(task);
    } catch (RejectedExecutionException e) {
      throw new CallFailedException("not asked: too many other sources hang", e);
    }
  }

  private static <T> Callable<T> noting(Callable<T> task, Progress progress) {
    return () -> {
      progress.begun = true;
      try {
        return task.call();
      } finally {
        progress.ended = true;
      }
    };
  }

  private void forgetEnded() {
    hanging.values().removeIf(progress -> progress.ended || !progress.begun);
  }

  /** A cancelled future counts as done while its thread still hangs. */
  private static final class Progress {
    private volatile boolean begun;
    private volatile boolean ended;
  }
}
