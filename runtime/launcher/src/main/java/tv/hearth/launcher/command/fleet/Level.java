package tv.hearth.launcher.command.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.FleetClient;
import tv.hearth.launcher.ui.Output;

/** {@code hearth fleet level …}. */
@Command(
    name = "level",
    mixinStandardHelpOptions = true,
    description = {
      "What may be written and sent in this neighbourhood, whatever newer releases know.",
      "Before a raise any release can be taken back. After it no release is taken that can't "
          + "read the level, and it never falls."
    },
    footerHeading = "%nTo raise it:%n",
    footer = {
      "  hearth fleet level                     what it is, who can't read the next",
      "  hearth fleet level raise --dry-run     what is in the way, what would change",
      "  hearth fleet level raise [--leave-behind BOX]..."
    })
public final class Level implements java.util.concurrent.Callable<Integer> {
  @Mixin private Line line;

  @Override
  public Integer call() throws IOException {
    return shown(line.output(), line.client().level());
  }

  @Command(
      name = "raise",
      mixinStandardHelpOptions = true,
      description = {
        "Raise it by one, once all members of the map run a release that reads it.",
        "A box that is off for long can be left behind by name: it is no member then, and is one "
            + "again, by itself, once it was updated."
      })
  int raise(
      @Mixin Line raised,
      @Option(names = "--dry-run", description = "Say what would change, and change nothing")
          boolean dry,
      @Option(
              names = "--leave-behind",
              paramLabel = "BOX",
              description = "Id of a box that can't read it; several times for several")
          List<String> behind)
      throws IOException {
    FleetClient client = raised.client();
    List<String> left = behind == null ? List.of() : behind;
    if (!dry) {
      return shown(raised.output(), client.raiseLevel(left));
    }
    JsonNode level = client.level();
    Output out = raised.output();
    shown(out, level);
    List<String> blocking = new java.util.ArrayList<>();
    level.get("cannotRead").forEach(box -> blocking.add(box.get("id").asText()));
    blocking.removeAll(left);
    if (!level.get("refusal").asText().isEmpty() || !blocking.isEmpty()) {
      throw new LauncherException("it can't be raised now: see above");
    }
    out.say(
        "it can be raised to "
            + level.get("next").asInt()
            + "; from then on no box goes back to a release that can't read it"
            + (left.isEmpty()
                ? ""
                : ", and " + left.size() + " boxes are no members until updated"));
    return 0;
  }

  private static int shown(Output out, JsonNode level) {
    out.say(
        "level "
            + level.get("level").asInt()
            + "; the headend's software reads up to "
            + level.get("headendReads").asInt());
    if (!level.get("refusal").asText().isEmpty()) {
      out.say("no raise now: " + level.get("refusal").asText());
    }
    int next = level.get("next").asInt();
    JsonNode cannot = next <= level.get("headendReads").asInt() ? level.get("cannotRead") : none();
    cannot.forEach(
        box ->
            out.say(
                "  "
                    + box.get("id").asText()
                    + " reads up to "
                    + box.get("reads").asInt()
                    + ", not "
                    + next
                    + seen(box)));
    level
        .get("leftBehind")
        .forEach(
            box ->
                out.say("  " + box.get("id").asText() + " was left behind: update it" + seen(box)));
    out.result(level);
    return 0;
  }

  /** Where the headend knows no next level, that nobody reads it says nothing. */
  private static JsonNode none() {
    return JsonNodeFactory.instance.arrayNode();
  }

  private static String seen(JsonNode box) {
    return box.get("online").asBoolean() ? "" : "; off, last seen " + box.get("lastSeen").asText();
  }
}
