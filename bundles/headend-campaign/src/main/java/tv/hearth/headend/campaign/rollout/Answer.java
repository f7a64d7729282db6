package tv.hearth.headend.campaign.rollout;

/**
 * What a box says of a command.
 *
 * @param box that said it, as the broker knows it
 * @param key of the command
 * @param reason for people; empty where all is well
 */
public record Answer(String box, String key, Outcome outcome, String reason) {
  private static final int MOST = 300;

  /** Cuts the reason: it comes from outside. */
  public Answer {
    reason = reason.length() > MOST ? reason.substring(0, MOST) : reason;
  }

  /** What became of it. */
  public enum Outcome {
    /** Taken up; the end follows. */
    ACCEPTED,
    /** The box runs the release. */
    DONE,
    /** It did not do, and the box is as it was. */
    FAILED,
    /** It was switched, failed its health, and is as it was. */
    ROLLED_BACK,
    /** Not now: another operation, no line to the repository, no room. */
    LATER,
    /** Not signed by the release keys, or not what they signed. */
    UNTRUSTED,
    /** Not for this model, or not newer. */
    NOT_FOR_IT
  }
}
