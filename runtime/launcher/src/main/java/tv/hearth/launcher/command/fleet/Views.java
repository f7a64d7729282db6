package tv.hearth.launcher.command.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Campaigns as a person reads them. */
public final class Views {
  private Views() {}

  /** One line: which, how it stands, how many boxes are where. */
  public static String line(JsonNode campaign) {
    List<String> counts = new ArrayList<>();
    campaign
        .get("counts")
        .properties()
        .forEach(e -> counts.add(e.getValue().asInt() + " " + words(e.getKey())));
    return String.format(
        Locale.ROOT,
        "campaign %d  %s %s  %s, stage %d of %d (%d %%): %s%s",
        campaign.get("campaign").asLong(),
        campaign.get("kind").asText().equals("UPDATE") ? "update to" : "back to",
        campaign.get("release").asText(),
        words(campaign.get("status").asText()),
        campaign.get("stage").asInt(),
        campaign.get("stages").size(),
        campaign.get("stages").get(campaign.get("stage").asInt() - 1).asInt(),
        String.join(", ", counts),
        campaign.get("reason").asText().isEmpty() ? "" : "; " + campaign.get("reason").asText());
  }

  /** What the operator should do soon, a line each, as the headend says it. */
  static List<String> warnings(JsonNode campaign) {
    List<String> lines = new ArrayList<>();
    campaign.path("warnings").forEach(text -> lines.add("warning: " + text.asText()));
    return lines;
  }

  static String box(JsonNode box) {
    return String.format(
        Locale.ROOT,
        "  %s  %-8s %-8s stage %d  %-11s attempts %d  %s%s",
        box.get("box").asText().substring(0, 8),
        box.get("model").asText(),
        box.get("location").asText(),
        box.get("stage").asInt(),
        words(box.get("state").asText()),
        box.get("attempts").asInt(),
        box.path("runs").asText(),
        box.get("reason").asText().isEmpty() ? "" : "  " + box.get("reason").asText());
  }

  static String log(JsonNode line) {
    return String.format(
        Locale.ROOT,
        "%6d  %s  campaign %d  %s: %s",
        line.get("sequence").asLong(),
        Instant.ofEpochMilli(line.get("millis").asLong()),
        line.get("campaign").asLong(),
        line.get("who").asText().length() == 32
            ? line.get("who").asText().substring(0, 8)
            : line.get("who").asText(),
        line.get("what").asText());
  }

  /** True where nothing more will come of it but boxes that were off. */
  public static boolean ended(JsonNode campaign) {
    String status = campaign.get("status").asText();
    return !status.equals("RUNNING") && !status.equals("PAUSED");
  }

  private static String words(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
  }
}
