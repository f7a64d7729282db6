package tv.hearth.headend.campaign.service;

/** A campaign can't be begun or steered; the message is for the operator. */
public final class CampaignException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Problem {
    /** Another campaign is open. */
    BUSY,
    /** No such campaign. */
    UNKNOWN,
    /** Not in this state. */
    WRONG_STATE,
    /** No box is of its groups. */
    NOBODY,
    /** The repository that this headend serves has no such release. */
    UNPUBLISHED,
    /** The repository's metadata has expired: no box would take anything. */
    EXPIRED,
    /** The release does not know the neighbourhood's level. */
    LEVEL,
    /** A box is too old for the release, and no published one leads there. */
    UNREACHED,
    /** The plan can't be. */
    MALFORMED
  }

  private final Problem problem;

  /** With a message that names the thing and the remedy. */
  public CampaignException(Problem problem, String message) {
    super(message);
    this.problem = problem;
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }
}
