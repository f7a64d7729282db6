package tv.hearth.support.thread;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;

/**
 * What went wrong in work that must go on: for a meter, and for health until it has been well for a
 * minute. Thread-safe.
 */
public final class Failures {
  /** Work that has not failed for so long is well again, milliseconds. */
  public static final long WELL_MILLIS = 60_000;

  private static final Logger LOG = System.getLogger(Failures.class.getName());

  private final String name;
  private final LongSupplier millis;
  private long count;
  private long last;
  private String what = "";

  /** By the machine's steady clock. */
  public Failures(String name) {
    this(name, () -> System.nanoTime() / 1_000_000);
  }

  /**
   * With a clock.
   *
   * @param name of the work, as health shows it
   * @param millis any steady clock
   */
  public Failures(String name, LongSupplier millis) {
    this.name = name;
    this.millis = millis;
  }

  /** Notes and logs one. */
  public void note(Throwable failure) {
    synchronized (this) {
      count++;
      last = millis.getAsLong();
      what = failure.toString();
    }
    LOG.log(Level.ERROR, name + " failed; it goes on", failure);
  }

  /** How often it failed since the start. */
  public synchronized long count() {
    return count;
  }

  /** For health; empty where it is well. */
  public synchronized String trouble() {
    boolean well = count == 0 || millis.getAsLong() - last >= WELL_MILLIS;
    return well ? "" : name + " failed (" + count + " times since the start) and goes on: " + what;
  }

  /**
   * The same work, of which nothing thrown comes out: an executor drops a repeated task that
   * throws, and says so to nobody.
   */
  public Runnable guard(Runnable work) {
    return () -> {
      try {
        work.run();
      } catch (Throwable failure) { // errors too: a missing class must not end it for good
        note(failure);
      }
    };
  }
}
