package tv.hearth.transfer.core;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;

/**
 * What a tombstone does. Pure. A household's erases at once. A content authority's locks at once
 * and erases after 30 days, and only so many a day: a stolen key can't empty a neighbourhood before
 * somebody withdraws it by raising the epoch, which unlocks what it locked. What goes beyond waits
 * until a second authority signs a tombstone for the same object.
 */
public final class DeletionRules {
  /** From lock to erasure. */
  public static final Duration LOCKED = Duration.ofDays(30);

  /** How long one waits for a second signature. */
  public static final Duration WAITING = Duration.ofDays(30);

  private static final Duration DAY = Duration.ofDays(1);

  private DeletionRules() {}

  /** What to do with a tombstone. */
  public enum Verdict {
    /** Delete the pieces now. */
    ERASE,
    /** Refuse the object from now on; erase later. */
    LOCK,
    /** Do nothing until a second authority signs. */
    WAIT
  }

  /**
   * The verdict on a tombstone that verified.
   *
   * @param authority true where its signer is a content authority
   * @param locks when this signer's earlier locks were heard
   * @param perDay most locks of one signer in a day
   * @param seconded true where another authority's tombstone for the object is here
   */
  public static Verdict verdict(
      boolean authority, Collection<Instant> locks, int perDay, boolean seconded, Instant now) {
    if (!authority) {
      return Verdict.ERASE;
    }
    long today = locks.stream().filter(heard -> heard.isAfter(now.minus(DAY))).count();
    return seconded || today < perDay ? Verdict.LOCK : Verdict.WAIT;
  }

  /** True where a lock's time is over and its pieces go. */
  public static boolean isDue(Instant heard, Instant now) {
    return !now.isBefore(heard.plus(LOCKED));
  }

  /** True where nobody seconded in time. */
  public static boolean isForgotten(Instant heard, Instant now) {
    return !now.isBefore(heard.plus(WAITING));
  }
}
