package tv.hearth.headend.campaign.rollout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tv.hearth.headend.campaign.rollout.Campaign.Status;

/**
 * What a campaign does next: pure functions over a campaign, what came, and the time. Whoever calls
 * them writes the new campaign down before it carries the actions out; actions that were lost come
 * again by {@link #tick}.
 */
public final class Rollout {
  /** A box that is silent is asked again after this. */
  static final long REPEAT_MILLIS = 15_000;

  /** How long a stage is held for telemetry, beyond its window. */
  static final long TELEMETRY_MILLIS = 600_000;

  /** Of a campaign's reason, beyond which nothing is added: its boxes have their own. */
  private static final int MOST_REASON = 2_000;

  private Rollout() {}

  /**
   * A step.
   *
   * @param notes for the audit log
   */
  public record Step(Campaign campaign, List<Action> actions, List<String> notes) {}

  /**
   * Time passed: asks boxes, judges the stage, opens the next.
   *
   * @param online boxes that can be told something
   * @param off boxes that are known to be off; others may be neither, while nothing is known of
   *     them
   */
  public static Step tick(
      Campaign campaign,
      long now,
      Predicate<String> online,
      Predicate<String> off,
      Telemetry telemetry) {
    Draft draft = new Draft(campaign);
    if (draft.ended()) {
      recall(draft, now, online);
      return draft.step();
    }
    missed(draft, now, off);
    expire(draft, now);
    if (draft.campaign.status() == Status.RUNNING) {
      Judge.stage(draft, now, online, telemetry);
    }
    Status status = draft.campaign.status();
    if (status == Status.RUNNING || status == Status.COMPLETED) {
      ask(draft, now, online);
    }
    if (!draft.ended()) {
      repeat(draft, now, online);
    }
    return draft.step();
  }

  /**
   * Tells the end to each box that may still be at it, whenever it comes, until it has said what
   * became of the command.
   */
  private static void recall(Draft draft, long now, Predicate<String> online) {
    for (Member member : draft.campaign.members().values()) {
      if (member.owes() && online.test(member.box()) && now - member.since() > REPEAT_MILLIS) {
        draft.member(member.again(now));
        draft.act(Action.Kind.CANCEL, member);
      }
    }
  }

  /** A box that went off before it took the command up was off: it is asked when it comes. */
  private static void missed(Draft draft, long now, Predicate<String> off) {
    for (Member member : draft.campaign.members().values()) {
      boolean silent = member.state() == Member.State.ASKED && now - member.since() > REPEAT_MILLIS;
      if (silent && off.test(member.box())) {
        draft.member(member.to(Member.State.WAITING, now, "it went off"));
        draft.note(member.box() + " went off before it took the command up");
      }
    }
  }

  /** A box that was asked and said nothing for long has failed: an update may have cost it. */
  private static void expire(Draft draft, long now) {
    for (Member member : draft.campaign.members().values()) {
      if (member.busy() && now - member.asked() > draft.campaign.plan().patienceMillis()) {
        draft.member(member.to(Member.State.FAILED, now, "it gave no answer in time"));
        draft.note(member.box() + " gave no answer in time");
      }
    }
  }

  private static void ask(Draft draft, long now, Predicate<String> online) {
    long busy = draft.campaign.members().values().stream().filter(Member::busy).count();
    long free = draft.campaign.plan().concurrency() - busy;
    List<Member> next =
        draft.campaign.reached().stream()
            .filter(m -> m.waits() && now >= m.since())
            .filter(m -> online.test(m.box()))
            .sorted(Comparator.comparingInt(Member::stage).thenComparing(Member::box))
            .limit(Math.max(0, free))
            .collect(Collectors.toList());
    for (Member member : next) {
      Member asked = member.asked(now);
      draft.member(asked);
      draft.act(Action.Kind.UPDATE, asked);
      draft.note("asked " + member.box() + ", attempt " + asked.attempt());
    }
  }

  private static void repeat(Draft draft, long now, Predicate<String> online) {
    for (Member member : draft.campaign.members().values()) {
      boolean silent = member.busy() || member.failed() && member.owes();
      if (silent && online.test(member.box()) && now - member.since() > REPEAT_MILLIS) {
        draft.member(member.again(now));
        draft.act(Action.Kind.ASK, member);
      }
    }
  }

  /**
   * A box said something. Another box's key, an attempt that is past and a campaign that is not
   * this one change nothing, nor does what was said before.
   */
  public static Step answered(Campaign campaign, Answer said, long now) {
    Draft draft = new Draft(campaign);
    Answer answer = said.against(campaign.wanted());
    Member member = campaign.members().get(answer.box());
    if (member == null || member.attempt() == 0 || !campaign.key(member).equals(answer.key())) {
      return draft.step();
    }
    boolean late = member.state() == Member.State.FAILED || member.state() == Member.State.LEFT;
    boolean lateNews =
        late
            && (answer.outcome() == Answer.Outcome.DONE
                || answer.outcome() == Answer.Outcome.BACK_AILING);
    if (member.owes() || lateNews) {
      Answers.take(draft, member, answer, now);
    }
    return draft.step();
  }

  /** Nobody new is asked; who works ends. Not open: no effect. */
  public static Step pause(Campaign campaign, long now) {
    Draft draft = new Draft(campaign);
    if (campaign.status() == Status.RUNNING) {
      draft.campaign = campaign.status(Status.PAUSED, now, "the operator paused it");
      draft.note("paused");
    }
    return draft.step();
  }

  /** Goes on. Not paused: no effect. */
  public static Step resume(Campaign campaign, long now) {
    Draft draft = new Draft(campaign);
    if (campaign.status() == Status.PAUSED) {
      draft.campaign = campaign.status(Status.RUNNING, now, "").soak(0);
      draft.note("resumed");
    }
    return draft.step();
  }

  /**
   * Ends it for good; boxes that have not switched yet stay as they are. One that completed has not
   * ended for boxes that were off; where it has for all: no effect.
   */
  public static Step abort(Campaign campaign, long now) {
    Draft draft = new Draft(campaign);
    if (campaign.status().open()) {
      draft.end(Status.ABORTED, now, "the operator aborted it");
    } else if (campaign.status() == Status.COMPLETED && campaign.awaitsBoxes()) {
      draft.end(
          Status.ABORTED,
          now,
          "the operator aborted it after it had completed, for the boxes that had not come yet");
    }
    return draft.step();
  }

  /** A step in the making. */
  static final class Draft {
    Campaign campaign;
    private final List<Action> actions = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    Draft(Campaign campaign) {
      this.campaign = campaign;
    }

    void member(Member member) {
      campaign = campaign.with(member);
    }

    void note(String note) {
      notes.add(note);
    }

    void act(Action.Kind kind, Member member) {
      actions.add(new Action(kind, member.box(), campaign.key(member), campaign.wanted()));
    }

    /** True once the campaign wants no box to take the release any more. */
    boolean ended() {
      return campaign.status() == Status.STOPPED || campaign.status() == Status.ABORTED;
    }

    /** One more reason why it stands as it does, after its end. */
    void because(String more) {
      String why = campaign.reason();
      if (why.length() < MOST_REASON) {
        campaign = campaign.reason(why.isEmpty() ? more : why + "; " + more);
      }
    }

    void stop(long now, String why) {
      end(Status.STOPPED, now, why);
    }

    void end(Status status, long now, String why) {
      campaign = campaign.status(status, now, why);
      note(status + ": " + why);
      for (Member member : campaign.members().values()) {
        if (member.owes()) {
          act(Action.Kind.CANCEL, member);
        }
        if (member.waits()) {
          member(member.to(Member.State.LEFT, now, "the campaign ended before"));
        } else if (member.owes()) {
          member(member.again(now));
        }
      }
    }

    Step step() {
      return new Step(campaign, List.copyOf(actions), List.copyOf(notes));
    }
  }
}
