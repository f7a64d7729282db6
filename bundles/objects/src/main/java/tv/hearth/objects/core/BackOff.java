package tv.hearth.objects.core;

import java.util.concurrent.TimeUnit;

/**
 * How long to wait before something is tried again: twice as long each time, spread by a quarter so
 * that not all boxes come at once. Immutable.
 *
 * @param first nanoseconds before the first try
 * @param longest nanoseconds between tries at most
 */
public record BackOff(long first, long longest) {
  /** 5 s, then longer and longer up to an hour: a box that is off for days is asked hourly. */
  public static final BackOff USUAL =
      new BackOff(TimeUnit.SECONDS.toNanos(5), TimeUnit.HOURS.toNanos(1));

  /**
   * The pause after that many failures.
   *
   * @param chance 0…1, where in the spread
   */
  public long pause(int failures, double chance) {
    long base = Math.min(longest, first << Math.min(30, Math.max(0, failures)));
    long bounded = base <= 0 ? longest : base;
    return (long) (bounded * (0.75 + 0.5 * chance));
  }
}
