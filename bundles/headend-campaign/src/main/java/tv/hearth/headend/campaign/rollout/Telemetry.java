package tv.hearth.headend.campaign.rollout;

import java.util.Collection;

/** Judges boxes by what they report, against their own past. */
public interface Telemetry {
  /** Judges nothing. */
  Telemetry NONE = (boxes, gates, since, now) -> new Verdict(true, "", boxes.size());

  /**
   * Holds the time since {@code since} against the time before it.
   *
   * @param boxes those that took the release
   * @param since milliseconds since 1970
   */
  Verdict judge(Collection<String> boxes, Gates gates, long since, long now);

  /**
   * What it found.
   *
   * @param good false where a count grew more than the gates allow
   * @param reason names the count and its figures
   * @param reported how many of the boxes have reported since
   * @param isWhole false where it has not yet looked at all of them: nothing is to be decided then
   */
  record Verdict(boolean good, String reason, int reported, boolean isWhole) {
    /** Over all of them. */
    public Verdict(boolean good, String reason, int reported) {
      this(good, reason, reported, true);
    }
  }
}
