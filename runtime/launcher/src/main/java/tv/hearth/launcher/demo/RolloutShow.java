package tv.hearth.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntSupplier;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.command.fleet.Plans;
import tv.hearth.launcher.command.fleet.Views;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.FleetClient;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Waiting;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;

/**
 * The demo's rollouts: a good release goes through the neighbourhood while somebody watches the
 * film, then a bad one gets no further than its canary.
 */
final class RolloutShow {
  private static final Duration STANDSTILL = Duration.ofMinutes(5);
  private static final int BOX_WINDOW_SECONDS = 3;
  private final Hood hood;
  private final DemoReleases releases;
  private final FleetClient fleet;
  private final Output out;
  private final Report report;
  private String said = "";

  RolloutShow(Hood hood, Path scratch, Output out, Report report) throws IOException {
    this.hood = hood;
    this.releases = new DemoReleases(hood, scratch);
    this.fleet = new FleetClient(hood);
    this.out = out;
    this.report = report;
  }

  /**
   * The good release, while the film plays.
   *
   * @param boxes whose gateway each showing goes through
   */
  void good(Film film, IntSupplier boxes, long seed) throws IOException {
    String target = releases.good("2", BOX_WINDOW_SECONDS);
    out.say("  built, signed by 2 of 3 release keys, published: " + target);
    Viewer viewer = new Viewer(hood, film, boxes);
    long begin = System.nanoTime();
    JsonNode campaign = run(Plans.show(target, seed));
    long nanos = System.nanoTime() - begin;
    Tally tally = viewer.stop();
    report.put("rolloutSeconds", nanos / 1e9);
    report.require("rolloutCompleted", campaign.get("status").asText().equals("COMPLETED"));
    report.require("everyBoxUpdated", onAll(target));
    report.put("filmSecondsWhileUpdating", tally.filmSeconds);
    report.put("stallsWhileUpdating", tally.stalls);
    report.require("noStallWhileUpdating", tally.stalls == 0);
    report.require("filmRightWhileUpdating", tally.right());
    figures(target);
    out.say(
        String.format(
            Locale.ROOT,
            "  the film meanwhile: %.0f s watched, %s, %d of them wrong; %s",
            tally.filmSeconds,
            Words.bytes(tally.bytes),
            tally.wrongBytes,
            tally.stallsInWords()));
  }

  /** The bad release. */
  void bad(long seed) throws IOException {
    String good = new ControlClient(hood.box(1)).call("/update", Map.of()).get("release").asText();
    String target = releases.bad("3", BOX_WINDOW_SECONDS);
    out.say("  signed and published: " + target + "; it starts well, then fails its health check");
    JsonNode campaign = run(Plans.show(target, seed));
    report.require("badStopped", campaign.get("status").asText().equals("STOPPED"));
    report.put("badRolledBack", campaign.get("counts").path("ROLLED_BACK").asInt());
    report.put("badNeverAsked", campaign.get("counts").path("LEFT").asInt());
    report.require("canaryRolledBack", campaign.get("counts").path("ROLLED_BACK").asInt() > 0);
    report.require("everyBoxIsOnTheGoodOne", onAll(good));
    out.say("  every box runs " + good + " again or still");
  }

  private JsonNode run(String plan) {
    long id = fleet.begin(plan).get("campaign").asLong();
    JsonNode[] last = {fleet.campaign(id)};
    new Waiting(STANDSTILL)
        .until(
            () -> {
              last[0] = look(id, last[0]);
              tell(last[0]);
              return Views.ended(last[0]);
            },
            () -> last[0],
            () -> standing(last[0]));
    return last[0];
  }

  /** On a busy machine the headend may be late with an answer: it is asked again. */
  private JsonNode look(long id, JsonNode before) {
    try {
      return fleet.campaign(id);
    } catch (LauncherException e) {
      return before;
    }
  }

  private void tell(JsonNode campaign) {
    String line = Views.line(campaign);
    if (!line.equals(said)) {
      out.say("    " + line);
      said = line;
    }
  }

  private String standing(JsonNode campaign) {
    return Views.line(campaign)
        + ". Try again while less runs on this machine; 'hearth fleet status --dir "
        + hood.folder()
        + "' shows each box, and "
        + hood.headend().log()
        + " says more";
  }

  private boolean onAll(String target) {
    return hood.running().stream().allMatch(n -> update(n).get("release").asText().equals(target));
  }

  private JsonNode update(int box) {
    return new ControlClient(hood.box(box)).call("/update", Map.of());
  }

  private void figures(String target) {
    Map<String, List<Long>> gaps = new TreeMap<>();
    long origin = 0;
    long neighbours = 0;
    for (int number : hood.running()) {
      for (JsonNode operation : update(number).get("operations")) {
        if (operation.get("target").asText().equals(target)) {
          origin += operation.get("originBytes").asLong();
          neighbours += operation.get("neighbourBytes").asLong();
          operation
              .get("gapMillis")
              .properties()
              .forEach(
                  e ->
                      gaps.computeIfAbsent(e.getKey(), k -> new ArrayList<>())
                          .add(e.getValue().asLong()));
        }
      }
    }
    report.put("updateBytesFromHeadend", origin);
    report.put("updateBytesFromNeighbours", neighbours);
    out.say(
        "  payload: "
            + Words.bytes(origin)
            + " from the headend, "
            + Words.bytes(neighbours)
            + " from neighbours");
    Map<String, Object> worst = new TreeMap<>();
    for (String bundle : DemoReleases.CHANGED) {
      List<Long> all = gaps.getOrDefault(bundle, List.of()).stream().sorted().toList();
      if (!all.isEmpty()) {
        worst.put(bundle, all.get(all.size() - 1));
        out.say(
            String.format(
                Locale.ROOT,
                "  service gap of %s: median %d ms, worst %d ms, of %d boxes",
                bundle,
                all.get(all.size() / 2),
                all.get(all.size() - 1),
                all.size()));
      }
    }
    report.put("serviceGapMillis", worst);
  }
}
