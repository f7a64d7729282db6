package tv.hearth.support.thread;

import java.util.function.LongSupplier;

/**
 * A daemon thread that a box depends on. Whatever its loop throws is noted, and the loop begins
 * again after a pause that doubles from one second to a minute; after a good minute it is short
 * again. Its owner starts it once and closes it. Thread-safe.
 */
public final class KeptThread implements AutoCloseable {
  private static final long SHORT_MILLIS = 1_000;
  private static final long LONG_MILLIS = 60_000;

  private final Loop loop;
  private final Pause pause;
  private final LongSupplier millis;
  private final Failures failures;
  private final Thread thread;
  private volatile boolean closed;

  /** What runs; it returns when it is to end. */
  @FunctionalInterface
  public interface Loop {
    /** Runs until closed; an interruption is an end where the thread was closed. */
    void run() throws InterruptedException;
  }

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    /** Returns after the time, at the latest. */
    void await(long millis) throws InterruptedException;
  }

  /** Of normal priority, by the machine's clock. */
  public KeptThread(String name, Loop loop) {
    this(name, Thread.NORM_PRIORITY, loop);
  }

  /** By the machine's clock. */
  public KeptThread(String name, int priority, Loop loop) {
    this(name, priority, loop, Thread::sleep, () -> System.nanoTime() / 1_000_000);
  }

  /**
   * With its time.
   *
   * @param name also in health
   * @param pause between a failure and the next begin
   * @param millis any steady clock
   */
  public KeptThread(String name, int priority, Loop loop, Pause pause, LongSupplier millis) {
    this.loop = loop;
    this.pause = pause;
    this.millis = millis;
    failures = new Failures("thread " + name, millis);
    thread = new Thread(this::keep, name);
    thread.setDaemon(true);
    thread.setPriority(priority);
  }

  /** Begins. */
  public void start() {
    thread.start();
  }

  /** What it threw so far. */
  public Failures failures() {
    return failures;
  }

  /** True from {@link #close} on: the loop's sign to end. */
  public boolean closed() {
    return closed;
  }

  /** Asks it to end and interrupts it; does not wait. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }

  /** Waits for its end; keeps the caller's interruption. */
  public void join(long mostMillis) {
    try {
      thread.join(mostMillis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void keep() {
    long wait = SHORT_MILLIS;
    long began = millis.getAsLong();
    while (!closed && !ended()) {
      wait = millis.getAsLong() - began >= LONG_MILLIS ? SHORT_MILLIS : wait;
      paused(wait);
      wait = Math.min(2 * wait, LONG_MILLIS);
      began = millis.getAsLong();
    }
  }

  /** One run of the loop; true where it returned by itself. */
  private boolean ended() {
    try {
      loop.run();
      return true;
    } catch (Throwable failure) { // whatever it is, a box without this thread is lost
      if (!closed) {
        failures.note(failure);
      }
      return false;
    }
  }

  private void paused(long wait) {
    try {
      if (!closed) {
        pause.await(wait);
      }
    } catch (InterruptedException e) {
      // by close, or a stray one: the loop begins the earlier
      Thread.interrupted();
    }
  }
}
