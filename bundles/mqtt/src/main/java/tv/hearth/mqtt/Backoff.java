package tv.hearth.mqtt;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: exponential with full jitter. Before attempt n (from 0)
 * the wait is uniform in [0, min(most, least · 2^n)], which spreads the clients of a broker that
 * comes back over the whole interval.
 *
 * @param leastMillis bound of the first wait, at least 1
 * @param mostMillis bound of every wait, at least {@code leastMillis}
 */
record Backoff(long leastMillis, long mostMillis) {
  Backoff {
    if (leastMillis < 1 || mostMillis < leastMillis) {
      throw new IllegalArgumentException(
          "back-off wants 1 <= shortest <= longest, not " + leastMillis + " and " + mostMillis);
    }
  }

  /** The wait before attempt {@code failures}, in milliseconds. */
  long waitMillis(int failures, RandomGenerator random) {
    return random.nextLong(bound(failures) + 1);
  }

  /** The longest that wait can be. */
  long bound(int failures) {
    int doublings = Math.min(Math.max(failures, 0), 62);
    boolean overflows = leastMillis > mostMillis >> doublings;
    return overflows ? mostMillis : Math.min(mostMillis, leastMillis << doublings);
  }
}
