package tv.hearth.headend.campaign.rollout;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tv.hearth.headend.campaign.rollout.Campaign.Status;

/** The gates between stages. */
final class Judge {
  private Judge() {}

  /**
   * Stops where more boxes of the stage failed than may: a share of those that the release is for,
   * so that one that says "not for me" excuses no other's failure.
   */
  static void failures(Rollout.Draft draft, long now) {
    List<Member> stage = draft.campaign.ofStage();
    long failed = stage.stream().filter(Member::failed).count();
    int meant = stage.size() - (int) stage.stream().filter(Judge::skipped).count();
    if (failed > draft.campaign.plan().gates().allowedFailures(meant)) {
      String why =
          stage.stream()
              .filter(Member::failed)
              .map(m -> m.box().substring(0, Math.min(8, m.box().length())) + " " + m.reason())
              .limit(3)
              .collect(Collectors.joining("; "));
      draft.stop(
          now,
          failed + " of " + meant + " boxes of stage " + name(draft) + " failed (" + why + ")");
    }
  }

  /** Judges the open stage: stops the campaign, opens the next stage, or waits. */
  static void stage(Rollout.Draft draft, long now, Predicate<String> online, Telemetry telemetry) {
    failures(draft, now);
    if (draft.campaign.status() != Status.RUNNING) {
      return;
    }
    Gates gates = draft.campaign.plan().gates();
    List<Member> done =
        draft.campaign.reached().stream()
            .filter(m -> m.state() == Member.State.DONE)
            .collect(Collectors.toList());
    List<String> boxes = done.stream().map(Member::box).collect(Collectors.toList());
    long since = done.stream().mapToLong(Member::since).min().orElse(now);
    Telemetry.Verdict verdict = telemetry.judge(boxes, gates, since, now);
    if (!verdict.isWhole()) {
      return;
    }
    if (!verdict.good()) {
      draft.stop(now, "telemetry after the update: " + verdict.reason());
    } else if (settled(draft, now, online)) {
      pass(draft, now, verdict.reported() * 2 >= boxes.size() || !gates.needsTelemetry());
    }
  }

  /**
   * True once all boxes of the stage that are on have ended, and one at least runs the release: a
   * stage in which nobody took it has tried nothing, and opens nothing.
   */
  private static boolean settled(Rollout.Draft draft, long now, Predicate<String> online) {
    List<Member> stage = draft.campaign.ofStage();
    boolean ended = stage.stream().allMatch(m -> m.ended() || absent(m, online));
    if (!ended || !stage.isEmpty() && !proved(draft, stage, now, online)) {
      return false;
    }
    if (draft.campaign.soakSince() == 0) {
      draft.campaign = draft.campaign.status(Status.RUNNING, now, "").soak(now);
      draft.note(
          "stage "
              + name(draft)
              + " is in; watched for "
              + draft.campaign.plan().soakMillis() / 1000
              + " s");
    }
    return true;
  }

  private static boolean skipped(Member member) {
    return member.state() == Member.State.SKIPPED;
  }

  private static boolean absent(Member member, Predicate<String> online) {
    return member.state() == Member.State.CUT_OFF
        || member.state() == Member.State.WAITING && !online.test(member.box());
  }

  /** Whether somebody took the release; where nobody did, others are brought forward. */
  private static boolean proved(
      Rollout.Draft draft, List<Member> stage, long now, Predicate<String> online) {
    boolean last = draft.campaign.stage() == draft.campaign.plan().stages().size() - 1;
    boolean somewhere = took(draft.campaign.reached());
    boolean any = stage.stream().anyMatch(Member::ended);
    if (any && (last ? somewhere : took(stage))) {
      return true;
    }
    if (bringForward(draft, stage, online)) {
      return false;
    }
    boolean awaited = draft.campaign.members().values().stream().anyMatch(Member::waits);
    if (awaited) {
      String why = "stage " + name(draft) + " waits for a first box of it to take the release";
      if (!draft.campaign.reason().equals(why)) {
        draft.campaign = draft.campaign.status(Status.RUNNING, now, why);
        draft.note(why + "; " + tally(stage));
      }
    } else if (!somewhere) {
      draft.stop(now, "no box took the release: " + tally(stage));
    }
    return !awaited && somewhere;
  }

  private static boolean took(List<Member> members) {
    return members.stream().anyMatch(m -> m.state() == Member.State.DONE);
  }

  /**
   * Boxes of later stages take the places of those that the release was not for: as many again, so
   * that a few of its boxes among many others are found soon, and not all of them at once.
   */
  private static boolean bringForward(
      Rollout.Draft draft, List<Member> stage, Predicate<String> online) {
    int open = draft.campaign.stage();
    List<Member> next =
        draft.campaign.members().values().stream()
            .filter(m -> m.stage() > open && m.waits() && online.test(m.box()))
            .sorted(
                Comparator.comparingInt(Member::stage)
                    .thenComparing(
                        Member::box, Selection.orderOfBoxes(draft.campaign.plan().seed())))
            .limit(stage.stream().filter(Member::ended).count())
            .collect(Collectors.toList());
    next.forEach(m -> draft.member(m.broughtTo(open)));
    if (!next.isEmpty()) {
      draft.note(
          next.size()
              + " more boxes come into stage "
              + name(draft)
              + ", for nobody in it took the release: "
              + tally(stage));
    }
    return !next.isEmpty();
  }

  /** How many are where, and one reason of each kind. */
  private static String tally(List<Member> members) {
    Map<Member.State, List<Member>> states =
        members.stream()
            .collect(
                Collectors.groupingBy(
                    Member::state, () -> new EnumMap<>(Member.State.class), Collectors.toList()));
    return states.entrySet().stream()
        .map(e -> e.getValue().size() + " " + e.getKey() + reason(e.getValue()))
        .collect(Collectors.joining(", "));
  }

  private static String reason(List<Member> members) {
    return members.stream()
        .map(Member::reason)
        .filter(reason -> !reason.isEmpty())
        .findFirst()
        .map(reason -> " (" + reason + ")")
        .orElse("");
  }

  private static void pass(Rollout.Draft draft, long now, boolean reported) {
    long watched = now - draft.campaign.soakSince();
    if (watched < draft.campaign.plan().soakMillis()) {
      return;
    }
    if (!reported) {
      if (watched > draft.campaign.plan().soakMillis() + Rollout.TELEMETRY_MILLIS) {
        String why = "no telemetry came from half of the boxes that took the release";
        draft.campaign = draft.campaign.status(Status.PAUSED, now, why);
        draft.note("paused: " + why);
      }
      return;
    }
    draft.note("stage " + name(draft) + " passed its gates");
    if (draft.campaign.stage() == draft.campaign.plan().stages().size() - 1) {
      draft.campaign = draft.campaign.status(Status.COMPLETED, now, "");
      draft.note("completed: " + tally(List.copyOf(draft.campaign.members().values())));
    } else {
      draft.campaign = draft.campaign.stage(draft.campaign.stage() + 1);
      draft.note("stage " + name(draft) + " opens");
    }
  }

  private static String name(Rollout.Draft draft) {
    int stage = draft.campaign.stage();
    return stage + 1 + " (" + draft.campaign.plan().stages().get(stage) + " %)";
  }
}
