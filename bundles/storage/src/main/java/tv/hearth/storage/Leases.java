package tv.hearth.storage;

import java.time.Instant;

/** Ends of leases as milliseconds since 1970. */
final class Leases {
  /** No end. */
  static final long FOREVER = Long.MAX_VALUE;

  private static final Instant LAST = Instant.ofEpochMilli(FOREVER - 1);

  private Leases() {}

  /** Cut to the millisecond; anything later than a long can say is for ever. */
  static long of(Instant until) {
    return until.isAfter(LAST)
        ? FOREVER
        : Math.max(0, until.isBefore(Instant.EPOCH) ? 0 : until.toEpochMilli());
  }

  static Instant instant(long lease) {
    return lease == FOREVER ? Instant.MAX : Instant.ofEpochMilli(lease);
  }
}
