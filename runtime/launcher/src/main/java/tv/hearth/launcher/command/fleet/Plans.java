package tv.hearth.launcher.command.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.Option;
import tv.hearth.launcher.LauncherException;

/** The options that make a campaign's plan, and the plan as the headend takes it. */
public final class Plans {
  static final int ALL = 100;

  @Option(
      names = "--release",
      required = true,
      paramLabel = "R",
      description = "NAME/VERSION of a published release, or its target's whole name")
  private String release;

  @Option(
      names = "--group",
      paramLabel = "model=M,location=L,percent=P",
      split = ";",
      description = "Whom it is for; each part may be left out, may repeat (default: everybody)")
  private List<String> groups = List.of();

  @Option(
      names = "--health-window",
      paramLabel = "D",
      defaultValue = "60s",
      description =
          "How long a stage is watched before the next one opens, e.g. 60s, 30m, 12h (default: ${DEFAULT-VALUE})")
  private Duration window;

  @Option(
      names = "--success",
      paramLabel = "P",
      defaultValue = "95%",
      description =
          "Share of a stage's boxes that must take it, else the campaign stops (default: ${DEFAULT-VALUE})")
  private String success;

  @Option(
      names = "--telemetry",
      paramLabel = "on|off",
      defaultValue = "on",
      description =
          "on: a stage waits for reports of half of its boxes, and stops the campaign where errors, stalls or restarts grow beyond three times their own past (default: ${DEFAULT-VALUE})")
  private String telemetry;

  @Option(
      names = "--at-once",
      paramLabel = "N",
      defaultValue = "16",
      description = "How many boxes update at once (default: ${DEFAULT-VALUE})")
  private int atOnce;

  @Option(
      names = "--patience",
      paramLabel = "D",
      defaultValue = "30m",
      description =
          "A box that was asked and says nothing for so long has failed (default: ${DEFAULT-VALUE})")
  private Duration patience;

  @Option(names = "--seed", paramLabel = "N", description = "Chooses the boxes (default: drawn)")
  private Long seed;

  /** The plan that the demo shows: one box first, short windows. */
  public static String show(String target, long seed) {
    Plans plans = new Plans();
    plans.release = target;
    plans.window = Duration.ofSeconds(3);
    plans.success = "95%";
    plans.telemetry = "on";
    plans.atOnce = 8;
    plans.patience = Duration.ofMinutes(30);
    plans.seed = seed;
    return plans.json("UPDATE", List.of(4));
  }

  String json(String kind, List<Integer> shares) {
    ObjectNode plan = new ObjectMapper().createObjectNode();
    plan.put("format", 1).put("kind", kind).put("target", target(release));
    ArrayNode whom = plan.putArray("groups");
    (groups.isEmpty() ? List.of("percent=100") : groups).forEach(whom::add);
    ArrayNode stages = plan.putArray("stages");
    shares.forEach(stages::add);
    stages.add(ALL);
    plan.put("soakMillis", window.toMillis());
    plan.put("concurrency", atOnce);
    plan.put("patienceMillis", patience.toMillis());
    plan.put("seed", seed != null ? seed : new SecureRandom().nextInt(1_000_000));
    plan.put("successPercent", percent(success)).put("factor", 3).put("floor", 60);
    plan.put("needsTelemetry", telemetry(telemetry));
    return plan.toString();
  }

  private static boolean telemetry(String value) {
    if (!value.equals("on") && !value.equals("off")) {
      throw new LauncherException("--telemetry takes on or off, not " + value);
    }
    return value.equals("on");
  }

  /** {@code NAME/VERSION} as a target's name; a whole name stays. */
  static String target(String release) {
    return release.startsWith("release/") ? release : "release/" + release + ".json";
  }

  static int percent(String text) {
    String number = text.endsWith("%") ? text.substring(0, text.length() - 1) : text;
    if (!number.matches("[0-9]{1,3}") || Integer.parseInt(number) > ALL) {
      throw new LauncherException("a share is 0%…100%, not " + text);
    }
    return Integer.parseInt(number);
  }
}
