package tv.hearth.headend.campaign.rollout;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tv.hearth.headend.campaign.rollout.Campaign.Status;

/** The gates between stages. */
final class Judge {
  private Judge() {}

  /** Stops where more boxes of the stage failed than may. */
  static void failures(Rollout.Draft draft, long now) {
    List<Member> stage = draft.campaign.ofStage();
    long failed = stage.stream().filter(Member::failed).count();
    if (failed > draft.campaign.plan().gates().allowedFailures(stage.size())) {
      String why =
          stage.stream()
              .filter(Member::failed)
              .map(m -> m.box().substring(0, Math.min(8, m.box().length())) + " " + m.reason())
              .limit(3)
              .collect(Collectors.joining("; "));
      draft.stop(
          now,
          failed
              + " of "
              + stage.size()
              + " boxes of stage "
              + name(draft)
              + " failed ("
              + why
              + ")");
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
    if (!verdict.good()) {
      draft.stop(now, "telemetry after the update: " + verdict.reason());
    } else if (settled(draft, now, online)) {
      pass(draft, now, verdict.reported() * 2 >= boxes.size() || !gates.needsTelemetry());
    }
  }

  /** True once all boxes of the stage that are on have ended, and one at least has. */
  private static boolean settled(Rollout.Draft draft, long now, Predicate<String> online) {
    List<Member> stage = draft.campaign.ofStage();
    boolean ended =
        stage.stream()
            .allMatch(m -> m.ended() || m.state() == Member.State.WAITING && !online.test(m.box()));
    boolean any = stage.isEmpty() || stage.stream().anyMatch(Member::ended);
    if (ended && any && draft.campaign.soakSince() == 0) {
      draft.campaign = draft.campaign.soak(now);
      draft.note(
          "stage "
              + name(draft)
              + " is in; watched for "
              + draft.campaign.plan().soakMillis() / 1000
              + " s");
    }
    return ended && any;
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
      draft.note("completed");
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
