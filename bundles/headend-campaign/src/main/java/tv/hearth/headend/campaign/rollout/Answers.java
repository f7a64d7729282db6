package tv.hearth.headend.campaign.rollout;

import tv.hearth.headend.campaign.rollout.Campaign.Status;
import tv.hearth.headend.campaign.rollout.Member.State;

/** What a box's word changes. Pure. */
final class Answers {
  /** How often a box is tried that says "not now" without being busy or cut off. */
  static final int MOST_REFUSALS = 4;

  /**
   * How often a box is tried that is busy: with {@link #BUSY_MOST_MILLIS} between tries this is
   * longer than a day, and no command of TR-369 runs longer on our boxes.
   */
  static final int MOST_BUSY = 300;

  /** A box that answered "not now" is asked again after this; doubled each time. */
  static final long RETRY_MILLIS = 5_000;

  private static final long BUSY_MOST_MILLIS = 300_000;
  private static final long CUT_OFF_MOST_MILLIS = 600_000;
  private static final int MOST_DOUBLINGS = 16;

  private Answers() {}

  /** Takes what a box said of the command that is out. */
  static void take(Rollout.Draft draft, Member member, Answer answer, long now) {
    if (answer.outcome() == Answer.Outcome.ACCEPTED) {
      if (!draft.ended()) {
        draft.member(member.heard(now));
      }
      return;
    }
    String why = answer.reason().isEmpty() ? "" : ": " + answer.reason();
    draft.note(member.box() + " " + words(answer.outcome()) + why);
    draft.member(draft.ended() ? after(draft, member, answer, now) : next(member, answer, now));
    boolean stoppable =
        draft.campaign.status().open() || draft.campaign.status() == Status.COMPLETED;
    if (answer.outcome() == Answer.Outcome.UNTRUSTED && stoppable) {
      draft.stop(now, "a box found the release untrusted: " + answer.reason());
    } else if (answer.outcome() == Answer.Outcome.BACK_AILING) {
      String what = "box " + member.box() + " " + Member.AILING + answer.reason();
      if (stoppable) {
        draft.stop(now, what);
      } else {
        draft.because(what);
      }
    } else if (draft.campaign.status().open()) {
      Judge.failures(draft, now);
    }
  }

  private static String words(Answer.Outcome outcome) {
    return outcome == Answer.Outcome.BACK_AILING
        ? "WENT BACK, BUT IS NOT WELL"
        : outcome.toString();
  }

  private static Member next(Member member, Answer answer, long now) {
    String reason = answer.reason();
    switch (answer.outcome()) {
      case DONE:
        return member.ended(State.DONE, now, "");
      case NOT_FOR_IT:
        return member.ended(State.SKIPPED, now, reason);
      case ROLLED_BACK:
        return member.ended(State.ROLLED_BACK, now, reason);
      case BACK_AILING:
        return member.ended(State.ROLLED_BACK, now, Member.AILING + reason);
      case BUSY:
        return member.attempt() >= MOST_BUSY
            ? member.ended(State.FAILED, now, "busy for a day: " + reason)
            : member.ended(State.WAITING, now + delay(member.attempt(), BUSY_MOST_MILLIS), reason);
      case UNREACHABLE:
      case EXPIRED:
        // Its line or its clock says nothing of the release, so it never counts against it.
        long again = now + delay(member.attempt(), CUT_OFF_MOST_MILLIS);
        return member.ended(State.CUT_OFF, again, reason);
      case LATER:
        Member refused = member.refused();
        return refused.refusals() >= MOST_REFUSALS
            ? refused.ended(State.FAILED, now, MOST_REFUSALS + " attempts: " + reason)
            : refused.ended(
                State.WAITING, now + delay(refused.refusals(), BUSY_MOST_MILLIS), reason);
      default:
        return member.ended(State.FAILED, now, reason);
    }
  }

  /** After a campaign's end nobody is tried again: a box that has not taken it is left. */
  private static Member after(Rollout.Draft draft, Member member, Answer answer, long now) {
    switch (answer.outcome()) {
      case DONE:
        draft.note(
            member.box()
                + " had taken the release before it heard of the end: only a release with a higher"
                + " counter takes it back");
        return member.ended(State.DONE, now, "after the campaign's end");
      case NOT_FOR_IT:
      case ROLLED_BACK:
      case BACK_AILING:
      case FAILED:
      case UNTRUSTED:
        return next(member, answer, now);
      default:
        return member.ended(State.LEFT, now, "the campaign ended before");
    }
  }

  private static long delay(int tries, long most) {
    int doublings = Math.min(Math.max(0, tries - 1), MOST_DOUBLINGS);
    return Math.min(most, RETRY_MILLIS << doublings);
  }
}
