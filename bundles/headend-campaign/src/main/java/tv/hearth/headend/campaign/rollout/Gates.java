package tv.hearth.headend.campaign.rollout;

/**
 * What must hold for a campaign to go on.
 *
 * @param successPercent of a stage's boxes that must take the release, 0…100
 * @param factor how many times the group's own past a telemetry count may reach, 1…1000
 * @param floor counts a box and hour that are allowed whatever the past was, 0…1,000,000
 * @param needsTelemetry hold a stage until half of its boxes that run have reported since
 */
public record Gates(int successPercent, int factor, int floor, boolean needsTelemetry) {
  /** Nearly all succeed, and telemetry is at most three times its past. */
  public static final Gates USUAL = new Gates(95, 3, 60, true);

  /** Throws {@link IllegalArgumentException} for values out of range. */
  public Gates {
    if (successPercent < 0 || successPercent > 100) {
      throw new IllegalArgumentException("the success share is not 0…100: " + successPercent);
    }
    if (factor < 1 || factor > 1000 || floor < 0 || floor > 1_000_000) {
      throw new IllegalArgumentException("a telemetry gate's factor or floor is out of range");
    }
  }

  /** How many of so many may fail. */
  int allowedFailures(int boxes) {
    return boxes * (100 - successPercent) / 100;
  }
}
