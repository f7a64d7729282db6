package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;

/** Waiting for conditions; fails only at a standstill. */
final class Await {
  private static final long POLL_NANOS = Duration.ofMillis(5).toNanos();
  private static final long MOST_NANOS = Duration.ofMinutes(2).toNanos();

  private Await() {}

  static void until(String what, Callable<Boolean> condition) throws Exception {
    long start = System.nanoTime();
    boolean met = condition.call();
    while (!met && System.nanoTime() - start < MOST_NANOS) {
      LockSupport.parkNanos(POLL_NANOS);
      met = condition.call();
    }
    assertTrue(met, () -> "in vain: " + what);
  }
}
