package tv.hearth.objects.machine;

import java.util.concurrent.TimeUnit;
import tv.hearth.api.transfer.TransferException;

/**
 * Whether, and after how long, something that a neighbour did not do is asked of it again: twice as
 * long each time. Immutable; times are nanoseconds.
 *
 * @param first the pause's beginning: half of that before the first retry
 * @param longest between two tries at most
 * @param passing retries in a row where the neighbour is there and will answer soon (busy,
 *     starting)
 * @param failing retries in a row where it is silent in the middle, or this side was interrupted
 */
public record RetrySchedule(long first, long longest, int passing, int failing) {
  /** What {@link #after} says where it is not to be asked again. */
  public static final long NEVER = -1;

  /** 0.2 s, then longer and longer up to 2 s; ten times whoever is busy, twice whoever fails. */
  public static final RetrySchedule USUAL =
      new RetrySchedule(TimeUnit.MILLISECONDS.toNanos(100), TimeUnit.SECONDS.toNanos(2), 10, 2);

  private static final int MOST_DOUBLINGS = 10;

  /**
   * The pause before it is asked again; {@link #NEVER}: it is given up.
   *
   * @param began it took something already; silence of one that took nothing is not waited out
   * @param failures in a row, this one among them
   */
  public long after(TransferException.Problem problem, boolean began, int failures) {
    if (failures > most(problem, began)) {
      return NEVER;
    }
    return Math.min(longest, first << Math.min(MOST_DOUBLINGS, failures));
  }

  private int most(TransferException.Problem problem, boolean began) {
    return switch (problem) {
      case BUSY, NOT_READY -> passing;
      case UNREACHABLE, TIMEOUT -> began ? failing : 0;
      case STOPPED -> failing;
      default -> 0;
    };
  }
}
