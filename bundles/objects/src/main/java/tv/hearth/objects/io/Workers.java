package tv.hearth.objects.io;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tv.hearth.support.thread.Failures;

/**
 * The pipeline's own threads: a few that check, code and go on with what neighbours answered, one
 * that keeps time, one that may block on background work. All end with {@link #close}. What waits
 * for the first is bounded by the requests that are allowed at a time.
 */
public final class Workers implements Executor, AutoCloseable {
  /** How long closing waits for what runs. */
  public static final long DRAIN_MILLIS = 100;

  private final ThreadPoolExecutor pool;
  private final ScheduledThreadPoolExecutor timer;
  private final ScheduledThreadPoolExecutor background;
  private final Set<Runnable> wakes = ConcurrentHashMap.newKeySet();
  private final Failures failures;
  private volatile boolean closed;

  /** Starts no thread before there is work; {@code threads} of them at most. */
  public Workers(int threads) {
    failures = new Failures("work of the objects' threads");
    ThreadFactory factory = factory("hearth-objects-");
    pool =
        new ThreadPoolExecutor(
            threads, threads, 30, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    pool.allowCoreThreadTimeOut(true);
    timer = new ScheduledThreadPoolExecutor(1, factory("hearth-objects-timer-"));
    timer.setRemoveOnCancelPolicy(true);
    background = new ScheduledThreadPoolExecutor(1, factory("hearth-objects-back-"));
    background.setRemoveOnCancelPolicy(true);
    background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** Runs soon; dropped without a word once closed: whoever waits is told by its own means. */
  @Override
  public void execute(Runnable task) {
    try {
      pool.execute(failures.guard(task));
    } catch (RejectedExecutionException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  /** Runs after a delay on a worker; returns what cancels it. */
  public Runnable after(long nanos, Runnable task) {
    try {
      var future = timer.schedule(() -> execute(task), nanos, TimeUnit.NANOSECONDS);
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      if (!closed) {
        throw e;
      }
      return () -> {};
    }
  }

  /** Runs after a delay on the thread that may block. */
  public void later(long nanos, Runnable task) {
    try {
      background.schedule(failures.guard(task), nanos, TimeUnit.NANOSECONDS);
    } catch (RejectedExecutionException e) {
      if (!closed) {
        throw e;
      }
    }
  }

  /** What tasks threw: a schedule keeps it to itself, and a pool prints it where nobody looks. */
  public Failures failures() {
    return failures;
  }

  /** True once closing began. */
  public boolean closed() {
    return closed;
  }

  /**
   * Has {@code wake} run when closing begins, so that whoever waits is told at once; now if it has
   * begun. Returns what takes that back. {@code wake} must be short and may run twice.
   */
  public Runnable whenClosed(Runnable wake) {
    wakes.add(wake);
    if (closed) {
      wake.run();
    }
    return () -> wakes.remove(wake);
  }

  /** Closing begins: from now on nothing new is begun. */
  public void ending() {
    closed = true;
  }

  /**
   * Drops what waits, wakes who waits, and gives what runs 100 ms to end by itself. Nothing is
   * interrupted: an interrupt in the middle of another bundle's file operation closes its file.
   */
  @Override
  public void close() {
    closed = true;
    timer.shutdownNow();
    background.shutdown();
    background.getQueue().clear();
    pool.shutdown();
    pool.getQueue().clear();
    wakes.forEach(Runnable::run);
    try {
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(DRAIN_MILLIS);
      pool.awaitTermination(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      background.awaitTermination(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadFactory factory(String prefix) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, prefix + count.incrementAndGet());
      thread.setDaemon(true);
      thread.setPriority(Thread.NORM_PRIORITY - 1);
      return thread;
    };
  }
}
