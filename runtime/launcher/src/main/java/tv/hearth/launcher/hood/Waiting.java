package tv.hearth.launcher.hood;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import tv.hearth.launcher.LauncherException;

/**
 * Waits as long as something moves, however long that takes, and no longer: on a busy machine all
 * takes its time, and what stands still won't come true by waiting. One thread at a time.
 */
public final class Waiting {
  private static final long POLL_NANOS = 100_000_000;
  private static final int MINUTE = 60;
  private final Duration standstill;
  private final LongSupplier nanos;
  private Object seen;
  private long since;

  /**
   * Ends after {@code standstill} without a change.
   *
   * @param nanos the clock
   */
  public Waiting(Duration standstill, LongSupplier nanos) {
    this.standstill = standstill;
    this.nanos = nanos;
    this.since = nanos.getAsLong();
  }

  /** By the machine's clock. */
  public Waiting(Duration standstill) {
    this(standstill, System::nanoTime);
  }

  /** True where nothing has changed for too long; {@code now} is how far it is. */
  public boolean standsStill(Object now) {
    if (!Objects.equals(seen, now)) {
      seen = now;
      since = nanos.getAsLong();
    }
    return nanos.getAsLong() - since > standstill.toNanos();
  }

  /**
   * Waits until {@code condition} holds.
   *
   * @param state how far it is: as long as its value changes, there is progress
   * @param remedy what is said at a standstill, behind for how long nothing moved
   */
  public void until(BooleanSupplier condition, Supplier<?> state, Supplier<String> remedy) {
    while (!condition.getAsBoolean()) {
      if (standsStill(state.get())) {
        throw new LauncherException(
            "nothing has moved for " + words(standstill) + ": " + remedy.get());
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new LauncherException("interrupted");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** As a person says it: {@code 90 s}, {@code 4 min}. */
  static String words(Duration duration) {
    long seconds = Math.max(1, duration.toSeconds());
    return seconds % MINUTE == 0 ? seconds / MINUTE + " min" : seconds + " s";
  }
}
