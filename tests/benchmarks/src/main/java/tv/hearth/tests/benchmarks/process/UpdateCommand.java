package tv.hearth.tests.benchmarks.process;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.launcher.command.Objects;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Progress;

/** {@code run update}. */
@Command(
    name = "update",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "While a film plays at 8 Mbit/s through a box's gateway, each provider in turn is stopped,",
      "updated to itself and started, on the playing box and on one of those that it reads from. The",
      "player has no buffer: it asks for each 256 KiB when they are due. Compared with the same film",
      "undisturbed, before."
    })
public final class UpdateCommand implements Callable<Integer> {
  private static final double GOAL = 2;
  private static final int PLAYING = 1;
  private static final String NAME = "update.bin";
  private static final long RATE = 1_000_000;
  private static final long LENGTH = 64L << 20;
  private static final Duration BACK = Duration.ofSeconds(60);
  private static final String GATEWAY = "gateway";
  private static final List<String> BUNDLES =
      List.of(
          "crypto",
          "erasure",
          "placement",
          "storage",
          "transfer",
          "objects",
          "mqtt",
          "membership",
          "telemetry",
          GATEWAY);

  @Mixin private Common common;

  @Option(names = "--boxes", defaultValue = "8", description = "default: ${DEFAULT-VALUE}")
  private int boxes;

  @Option(
      names = "--seconds",
      defaultValue = "4",
      description = "To play on after each update (default: ${DEFAULT-VALUE})")
  private int after;

  private Output out;
  private Figures figures;
  private Hood hood;
  private double latest;
  private long wrong;
  private long refused;

  @Override
  public Integer call() throws IOException, InterruptedException {
    out = common.output();
    figures = new Figures(out);
    try (LocalHood local = LocalHood.start(boxes, common.folder(), out)) {
      hood = local.hood();
      Path source = local.folder().resolve(NAME);
      TestFile.write(source, LENGTH);
      new Objects(hood, 0, true).put(source, NAME, "film", Progress.NONE);
      try (PacedPlayer player = new PacedPlayer(hood.gateway(PLAYING), NAME, LENGTH, RATE)) {
        play(player);
      }
    }
    figures.put("wrong bytes", wrong);
    figures.atMost("latest byte", "seconds", latest, GOAL);
    figures.atMost("wrong", "bytes", wrong, 0);
    figures.atMost("refused", "requests, the gateway's own update apart,", refused, 0);
    return figures.end();
  }

  private void play(PacedPlayer player) throws IOException, InterruptedException {
    TimeUnit.SECONDS.sleep(2L * after);
    figures.put("start s", player.seen().latestNanos() / 1e9);
    TimeUnit.SECONDS.sleep(2L * after);
    PacedPlayer.Seen undisturbed = player.seen();
    figures.put("undisturbed s", undisturbed.latestNanos() / 1e9);
    out.say(
        String.format(
            Locale.ROOT, "undisturbed: latest byte %.3f s", undisturbed.latestNanos() / 1e9));
    int holder = holder();
    for (String bundle : BUNDLES) {
      update(player, bundle, PLAYING, "playing box");
      if (!bundle.equals(GATEWAY)) {
        update(player, bundle, holder, "holder");
      }
    }
  }

  /** The box from which the playing one has read most. */
  private int holder() {
    JsonNode sources = new Objects(hood, PLAYING, true).sources();
    int best = 0;
    long most = -1;
    for (int number : hood.numbers()) {
      String id = new ControlClient(hood.box(number)).status().path("box").asText();
      long bytes = sources.path(id).asLong();
      if (number != PLAYING && bytes > most) {
        most = bytes;
        best = number;
      }
    }
    return best;
  }

  private void update(PacedPlayer player, String bundle, int box, String whose)
      throws IOException, InterruptedException {
    ControlClient control = new ControlClient(hood.box(box));
    player.seen();
    long begin = System.nanoTime();
    JsonNode result = control.call("/restart", Map.of("bundle", "tv.hearth." + bundle));
    Starter.await(
        BACK,
        () -> isBack(control.status()),
        () -> hood.box(box).name() + " is not back after " + bundle + ": " + control.status());
    double gap = (System.nanoTime() - begin) / 1e9;
    TimeUnit.SECONDS.sleep(after);
    PacedPlayer.Seen seen = player.seen();
    double late = seen.latestNanos() / 1e9;
    out.say(
        String.format(
            Locale.ROOT,
            "  %-10s %-11s  restart %5.2f s, back after %5.2f s, latest byte %6.3f s, refused %d%s",
            bundle,
            whose,
            result.get("millis").asDouble() / 1e3,
            gap,
            late,
            seen.refused(),
            seen.wrong() == 0 ? "" : ", WRONG " + seen.wrong()));
    figures.put(bundle + " " + whose + " s", late);
    latest = Math.max(latest, late);
    wrong += seen.wrong();
    refused += bundle.equals(GATEWAY) ? 0 : seen.refused();
    if (seen.bytes() == 0) {
      throw new IOException("nothing was played while " + bundle + " was updated");
    }
  }

  private boolean isBack(JsonNode status) {
    return status.path("enrolled").asBoolean()
        && status.path("reads").asBoolean()
        && status.path("broker").asBoolean()
        && status.path("members").asInt() > hood.size()
        && status.has("pieces")
        && !status.path("endpoints").isEmpty()
        && !status.path("gateway").isNull();
  }
}
