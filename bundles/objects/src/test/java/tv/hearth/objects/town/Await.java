package tv.hearth.objects.town;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions. */
public final class Await {
  private static final Duration MOST = Duration.ofMinutes(2);

  private Await() {}

  /** Until it holds; fails only at a standstill: after two minutes. */
  public static void until(String what, BooleanSupplier condition) {
    until(() -> what, condition);
  }

  /** As above; what is awaited is described when it did not come. */
  public static void until(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + MOST.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain until " + what.get());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
  }
}
