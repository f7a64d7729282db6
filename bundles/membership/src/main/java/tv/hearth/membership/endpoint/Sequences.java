package tv.hearth.membership.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import tv.hearth.api.neighbourhood.BoxMap;

/**
 * The numbers of a box's endpoint records: seconds since 1970, or one more than the last. They have
 * an upper bound, so that whoever held a copy of the key for an hour can't silence the box for
 * good. Pure.
 */
public final class Sequences {
  /** Clocks may be so far ahead. */
  static final Duration SKEW = Duration.ofDays(1);

  private Sequences() {}

  /**
   * The greatest that is believed: a day after now, or after the map's expiry where that is later,
   * for a box that just started may know the time by its map alone.
   */
  public static long latest(Optional<BoxMap> map, Instant now) {
    Instant until = map.map(BoxMap::expires).filter(now::isBefore).orElse(now);
    return until.getEpochSecond() + SKEW.toSeconds();
  }

  /**
   * The next record's number. One that went beyond the bound, by a clock that was wrong for a time,
   * was believed by nobody: counting begins at the present time again.
   */
  static long next(long last, long latest, Instant now) {
    long present = now.getEpochSecond();
    return last >= latest ? present : Math.max(last + 1, present);
  }

  /** As {@link #next(long, long, Instant)}, with the bound of that map. */
  public static long next(long last, Optional<BoxMap> map, Instant now) {
    return next(last, latest(map, now), now);
  }
}
