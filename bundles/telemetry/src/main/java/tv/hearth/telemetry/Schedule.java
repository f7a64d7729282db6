package tv.hearth.telemetry;

import java.util.random.RandomGenerator;

/**
 * When to report next.
 *
 * @param intervalMillis the mean
 * @param jitter share of the interval by which each is varied either way, 0…0.5
 */
record Schedule(long intervalMillis, double jitter) {
  /** The next wait in milliseconds: uniform in interval · (1 ± jitter), at least 1. */
  long next(RandomGenerator random) {
    double vary = (2 * random.nextDouble() - 1) * jitter;
    return Math.max(1, Math.round(intervalMillis * (1 + vary)));
  }
}
