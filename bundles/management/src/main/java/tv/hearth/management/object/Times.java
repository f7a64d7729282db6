package tv.hearth.management.object;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Dates as TR-106 has them: ISO 8601, UTC. */
final class Times {
  private static final String UNKNOWN = "0001-01-01T00:00:00Z";

  private Times() {}

  static String of(long millis) {
    return millis == 0
        ? UNKNOWN
        : Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
