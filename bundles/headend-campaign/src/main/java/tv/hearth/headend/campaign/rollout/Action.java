package tv.hearth.headend.campaign.rollout;

/**
 * Something to tell a box. May be done twice: a box takes a key once.
 *
 * @param key of the command
 */
public record Action(Kind kind, String box, String key, Wanted release) {
  /** What. */
  public enum Kind {
    /** Update to the release. */
    UPDATE,
    /** Say how far you are; or update, where you never heard of it. */
    ASK,
    /** End the command where it can still be ended. */
    CANCEL
  }
}
