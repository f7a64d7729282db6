package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.fetch.Outlook;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.RollCall;
import tv.hearth.launcher.hood.Starter;

/**
 * Whether an object that can't be read now may be soon: not where boxes of this machine are off,
 * none of them is starting, and the others have too little of it. Where all run, one may be slow.
 */
final class Reach implements Outlook {
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final Duration IN_ALL = Duration.ofSeconds(8);
  private final Hood hood;
  private final int through;
  private final boolean orHousehold;
  private final String name;
  private final RollCall members;

  /**
   * Of an object that is read through that box.
   *
   * @param orHousehold whether it may be the household's own
   */
  Reach(Hood hood, int through, boolean orHousehold, String name) {
    this.hood = hood;
    this.through = through;
    this.orHousehold = orHousehold;
    this.name = name;
    this.members = new RollCall(hood);
  }

  @Override
  public String hopeless() {
    List<Integer> removed = members.removed(hood.numbers());
    List<Integer> expected = new ArrayList<>(hood.numbers());
    expected.removeAll(removed);
    List<Integer> running = hood.running();
    if (running.containsAll(expected) || isOneComing(running)) {
      return "";
    }
    String missing = missing();
    return missing.isEmpty()
        ? ""
        : "'"
            + name
            + "' can't be read now, and nothing that is off comes back by itself: "
            + missing
            + "; "
            + Advice.remedy(hood.numbers(), running, removed);
  }

  /** A box that runs and does not serve yet is starting. */
  private boolean isOneComing(List<Integer> running) {
    try (Questions questions = new Questions(IN_ALL)) {
      List<Questions.Answer> answers =
          running.stream()
              .map(hood::box)
              .map(box -> questions.ask(() -> new ControlClient(box).status(PATIENCE)))
              .toList();
      return answers.stream()
          .anyMatch(answer -> !answer.value().map(Starter::serves).orElse(false));
    }
  }

  /** How much of it is there where that is too little; empty where it is enough, or not known. */
  private String missing() {
    try {
      JsonNode survival = survey();
      int reachable = survival.path("reachable").asInt();
      int needed = survival.path("k").asInt();
      return reachable >= needed
          ? ""
          : reachable + " of the " + needed + " pieces that it needs can be reached";
    } catch (ControlClient.CommandFailed e) {
      return Advice.isTooFew(e) ? e.getMessage() : "";
    } catch (LauncherException e) {
      return ""; // the box does not say: nothing is known
    }
  }

  private JsonNode survey() {
    if (orHousehold) {
      try {
        return new Objects(hood, through, false).survey(name, PATIENCE);
      } catch (ControlClient.CommandFailed e) {
        if (!e.problem().equals("NOT_FOUND")) {
          throw e;
        }
      }
    }
    return new Objects(hood, through, true).survey(name, PATIENCE);
  }
}
