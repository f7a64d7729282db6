package tv.hearth.launcher.command.fleet;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;
import tv.hearth.launcher.LauncherException;

/** The options that make a campaign's plan, and the plan as the headend takes it. */
public final class Plans {
  @Option(
      names = "--release",
      required = true,
      paramLabel = "R",
      description = "NAME/VERSION of a published release, or its target's whole name")
  private String release;

  @Option(
      names = "--canary",
      paramLabel = "P",
      defaultValue = "5%",
      description = "Share of the boxes that go first, at least one (default: ${DEFAULT-VALUE})")
  private String canary;

  @Option(
      names = "--stage",
      paramLabel = "P",
      description = "Shares between the canary and all; may repeat: --stage 25%% --stage 50%%")
  private List<String> stages = List.of();

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
  private String window;

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
  private String patience;

  @Option(names = "--seed", paramLabel = "N", description = "Chooses the boxes (default: drawn)")
  private Long seed;

  /** The plan that the demo shows: one box first, short windows. */
  public static String show(String target, long seed) {
    Plans plans = new Plans();
    plans.release = target;
    plans.canary = "4%";
    plans.window = "3s";
    plans.success = "95%";
    plans.telemetry = "on";
    plans.atOnce = 8;
    plans.patience = "30m";
    plans.seed = seed;
    return plans.json("UPDATE", true);
  }

  String json(String kind, boolean staged) {
    ObjectNode plan = new ObjectMapper().createObjectNode();
    plan.put("format", 1).put("kind", kind).put("target", target(release));
    ArrayNode whom = plan.putArray("groups");
    (groups.isEmpty() ? List.of("percent=100") : groups).forEach(whom::add);
    ArrayNode shares = plan.putArray("stages");
    shares(staged).forEach(shares::add);
    plan.put("soakMillis", duration(window).toMillis());
    plan.put("concurrency", atOnce);
    plan.put("patienceMillis", duration(patience).toMillis());
    plan.put("seed", seed != null ? seed : new SecureRandom().nextInt(1_000_000));
    plan.put("successPercent", percent(success)).put("factor", 3).put("floor", 60);
    plan.put("needsTelemetry", telemetry(telemetry));
    return plan.toString();
  }

  private List<Integer> shares(boolean staged) {
    List<Integer> shares = new ArrayList<>();
    if (staged) {
      shares.add(percent(canary));
      stages.forEach(stage -> shares.add(percent(stage)));
    }
    if (shares.isEmpty() || shares.get(shares.size() - 1) < 100) {
      shares.add(100);
    }
    return shares;
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
    if (!number.matches("[0-9]{1,3}") || Integer.parseInt(number) > 100) {
      throw new LauncherException("a share is 0%…100%, not " + text);
    }
    return Integer.parseInt(number);
  }

  static Duration duration(String text) {
    if (!text.matches("[0-9]{1,6}[smh]")) {
      throw new LauncherException("a time is a number and s, m or h, e.g. 60s, not " + text);
    }
    return Duration.parse("PT" + text.toUpperCase(java.util.Locale.ROOT));
  }
}
