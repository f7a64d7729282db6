package tv.hearth.membership.enrol;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after failures in a row: doubling from 1 s to 15 min, of which a random half is
 * taken, so that a neighbourhood that lost its headend does not come back at one moment. Randomness
 * is a parameter. Not thread-safe.
 */
public final class Backoff {
  private static final long FIRST_MILLIS = 1_000;
  private static final int MOST_DOUBLINGS = 10;
  private static final long MOST_MILLIS = Duration.ofMinutes(15).toMillis();
  private final RandomGenerator random;
  private int failures;

  /** Before the first failure. */
  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** One more failure; returns how long to wait. */
  public Duration failed() {
    long full = Math.min(MOST_MILLIS, FIRST_MILLIS << Math.min(failures, MOST_DOUBLINGS));
    failures = Math.min(failures + 1, MOST_DOUBLINGS);
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }

  /** It worked. */
  public void worked() {
    failures = 0;
  }
}
