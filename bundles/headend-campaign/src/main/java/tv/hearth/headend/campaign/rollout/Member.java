package tv.hearth.headend.campaign.rollout;

/**
 * A box within a campaign.
 *
 * @param stage from 0, the canary
 * @param attempt from 1 once it was asked; part of the command's key
 * @param since when it came to this state, or was last asked again; milliseconds since 1970
 * @param asked when this attempt began, or the box last said that it is at it; 0 before the first,
 *     and once the box has said how it ended: until then the command is owed its end
 * @param refusals how often it answered "not now" without being busy or cut off
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
    int refusals,
    String reason) {
  /**
   * How the reason of a box begins that went back to a set that is not well. No state of its own:
   * an older headend reads its file, and knows no state but these.
   */
  static final String AILING = "went back, but: ";

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
    /** The campaign ended before it took the release. */
    LEFT,
    /** It does not get at the repository now: tried again, and meanwhile as one that is off. */
    CUT_OFF
  }

  /** A box that waits for its turn. */
  static Member waiting(Candidate box, int stage) {
    return new Member(box.box(), box.model(), box.location(), stage, State.WAITING, 0, 0, 0, 0, "");
  }

  /** True while a command is out. */
  public boolean busy() {
    return state == State.ASKED || state == State.WORKING;
  }

  /** True where it is asked when its time comes. */
  boolean waits() {
    return state == State.WAITING || state == State.CUT_OFF;
  }

  /** True where nothing more is awaited of it. */
  public boolean ended() {
    return !waits() && !busy();
  }

  /** True where it counts against the release. */
  public boolean failed() {
    return state == State.FAILED || state == State.ROLLED_BACK;
  }

  /** True where it went back to what is not well, and nothing else is known of it since. */
  public boolean ailing() {
    return state == State.ROLLED_BACK && reason.startsWith(AILING);
  }

  /** True where it was told to update and has not said how that ended: it may be at it still. */
  boolean owes() {
    return asked != 0 && state != State.DONE;
  }

  /** In another state, its command still out. */
  Member to(State next, long now, String why) {
    return new Member(box, model, location, stage, next, attempt, now, asked, refusals, why);
  }

  /** In another state, by its own word of how the command ended. */
  Member ended(State next, long now, String why) {
    return new Member(box, model, location, stage, next, attempt, now, 0, refusals, why);
  }

  Member asked(long now) {
    return new Member(
        box, model, location, stage, State.ASKED, attempt + 1, now, now, refusals, reason);
  }

  /** It said that it is at it. */
  Member heard(long now) {
    State next = State.WORKING;
    long from = state == next ? since : now;
    return new Member(box, model, location, stage, next, attempt, from, now, refusals, "");
  }

  Member again(long now) {
    return new Member(box, model, location, stage, state, attempt, now, asked, refusals, reason);
  }

  Member refused() {
    return new Member(
        box, model, location, stage, state, attempt, since, asked, refusals + 1, reason);
  }

  Member broughtTo(int other) {
    return new Member(box, model, location, other, state, attempt, since, asked, refusals, reason);
  }
}
