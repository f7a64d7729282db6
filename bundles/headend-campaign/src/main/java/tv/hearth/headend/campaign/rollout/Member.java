package tv.hearth.headend.campaign.rollout;

/**
 * A box within a campaign.
 *
 * @param stage from 0, the canary
 * @param attempt from 1 once it was asked; part of the command's key
 * @param since when it came to this state, or was last asked again; milliseconds since 1970
 * @param asked when this attempt began; 0 before the first
 * @param reason why it is so, for people
 */
public record Member(
    String box,
    String model,
    String location,
    int stage,
    State state,
    int attempt,
    long since,
    long asked,
    String reason) {
  /** How far it is. */
  public enum State {
    /** Its turn has not come, or it is off. */
    WAITING,
    /** It was told; it has not answered yet. */
    ASKED,
    /** It has taken the command and works. */
    WORKING,
    /** It runs the release. */
    DONE,
    /** It could not, and runs what it ran. */
    FAILED,
    /** It had the release and went back by itself. */
    ROLLED_BACK,
    /** The release is not for it. */
    SKIPPED,
    /** The campaign ended before it was asked. */
    LEFT
  }

  /** A box that waits for its turn. */
  static Member waiting(Candidate box, int stage) {
    return new Member(box.box(), box.model(), box.location(), stage, State.WAITING, 0, 0, 0, "");
  }

  /** True while a command is out. */
  public boolean busy() {
    return state == State.ASKED || state == State.WORKING;
  }

  /** True where nothing more is awaited of it. */
  public boolean ended() {
    return state != State.WAITING && !busy();
  }

  /** True where it counts against the release. */
  public boolean failed() {
    return state == State.FAILED || state == State.ROLLED_BACK;
  }

  Member to(State next, long now, String why) {
    return new Member(box, model, location, stage, next, attempt, now, asked, why);
  }

  Member asked(long now) {
    return new Member(box, model, location, stage, State.ASKED, attempt + 1, now, now, reason);
  }

  Member again(long now) {
    return new Member(box, model, location, stage, state, attempt, now, asked, reason);
  }
}
