package tv.hearth.headend.campaign.telemetry;

/**
 * What one report says of a box's troubles. Counters begin anew with their bundle.
 *
 * @param millis the box's clock, since 1970
 * @param errors sum of the counters that count errors
 * @param stalls sum of the counters that count reads that stalled
 * @param uptimeSeconds of the Java machine
 */
public record Sample(String box, long millis, double errors, double stalls, double uptimeSeconds) {
  /** How much a counter grew; where it began anew, its value. */
  private static double grown(double before, double after) {
    return after >= before ? after - before : after;
  }

  double errorsSince(Sample before) {
    return grown(before.errors, errors);
  }

  double stallsSince(Sample before) {
    return grown(before.stalls, stalls);
  }

  /** Whether the Java machine was started between the two. */
  boolean restartedSince(Sample before) {
    return uptimeSeconds < before.uptimeSeconds;
  }
}
