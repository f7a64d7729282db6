package tv.hearth.mqtt;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what comes about on other threads; fails only at a standstill. */
final class Await {
  private static final Duration MOST = Duration.ofMinutes(2);

  private Await() {}

  static void until(String what, BooleanSupplier condition) {
    until(() -> what, condition, MOST);
  }

  static void until(Supplier<String> what, BooleanSupplier condition) {
    until(what, condition, MOST);
  }

  static void until(Supplier<String> what, BooleanSupplier condition, Duration most) {
    long end = System.nanoTime() + most.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("not within " + most + ": " + what.get());
      }
      LockSupport.parkNanos(5_000_000);
    }
  }
}
