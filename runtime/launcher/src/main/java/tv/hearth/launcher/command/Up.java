package tv.hearth.launcher.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.HoodSettings;
import tv.hearth.launcher.hood.Installation;
import tv.hearth.launcher.hood.Roll;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.LeftBehind;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;

/** {@code hearth up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Start broker, headend, ingest node and boxes, a JVM each, and leave them running.",
      "A neighbourhood that is there already is started again, as it was made, with all it stored."
    })
public final class Up implements Callable<Integer> {
  private static final int BOXES = 8;
  private static final int MOST = 200;

  @Mixin private Common common;

  @Option(
      names = "--boxes",
      paramLabel = "N",
      description = "How many boxes, 1…200 (default: 8); each takes about 110 MB")
  private Integer boxes;

  @Option(
      names = "--broker",
      paramLabel = "URL",
      description =
          "An MQTT 5 broker of yours, mqtts://HOST:PORT (see docs/format-topics.md); default: one is started")
  private String broker;

  @Option(
      names = "--budget",
      paramLabel = "B",
      description =
          "open: wide limits, for tests; least: what a box has without a governor (default: open)")
  private String budget;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description =
          "Address of this machine that headend, broker and boxes listen on and announce; another than 127.0.0.1, the default, lets boxes on other machines in (hearth box new)")
  private String host;

  @Override
  public Integer call() throws IOException {
    Output out = common.output();
    long start = System.nanoTime();
    List<Integer> removed = LeftBehind.says(() -> leftBehind(common), () -> start(out));
    Hood hood = common.hood();
    long seconds = (System.nanoTime() - start) / 1_000_000_000;
    if (!removed.isEmpty()) {
      out.say("not started: boxes " + removed + ", " + Roll.remedy(removed));
    }
    out.say(
        hood.size()
            - removed.size()
            + " boxes are up after "
            + seconds
            + " s; folder "
            + hood.folder());
    out.say("  headend  " + hood.headendUrl() + "   broker  " + hood.brokerUrl());
    out.say("  box 1's films  " + hood.gateway(1) + "film/   its EPG  " + hood.epg(1));
    String there = common.isElsewhere() ? " --dir " + hood.folder() : "";
    out.say(
        "next: hearth put FILE|FOLDER"
            + there
            + "; hearth status"
            + there
            + "; hearth down"
            + there);
    out.result(
        Map.of(
            "boxes", hood.size(),
            "removed", removed,
            "folder", hood.folder().toString(),
            "broker", hood.brokerUrl(),
            "headend", hood.headendUrl(),
            "gateways", hood.numbers().stream().map(hood::gateway).toList()));
    return 0;
  }

  private List<Integer> start(Output out) throws IOException {
    Hood hood = Hood.exists(common.folder()) ? asItIs() : create();
    return new Starter(hood).up(out.progress());
  }

  /** A Ctrl-C reaches the processes that were started on that terminal, too; a kill does not. */
  static String leftBehind(Common common) {
    if (!Hood.exists(common.folder())) {
      return "nothing runs; delete " + common.folder() + " where it is there, and try again";
    }
    Hood hood = common.hood();
    String there = common.isElsewhere() ? " --dir " + hood.folder() : "";
    return Words.count(hood.running().size(), "box", "boxes")
        + " of "
        + hood.size()
        + " had started, and may have ended with it; what was stored stays. hearth up"
        + there
        + " goes on from here, hearth down"
        + there
        + " stops what still runs";
  }

  private Hood create() {
    int many = boxes == null ? BOXES : boxes;
    if (many < 1 || many > MOST) {
      throw new LauncherException("--boxes takes 1…" + MOST + ", not " + many);
    }
    if (budget != null && !budget.equals("open") && !budget.equals("least")) {
      throw new LauncherException("--budget takes open or least, not " + budget);
    }
    if (broker != null && !broker.startsWith("mqtts://")) {
      throw new LauncherException("--broker takes mqtts://HOST:PORT, not " + broker);
    }
    return Hood.create(
        common.folder(),
        many,
        broker == null ? "" : broker,
        budget == null ? "open" : budget,
        host == null ? HoodSettings.LOOPBACK : host,
        Installation.own());
  }

  /** The one that is there; what was asked for and is otherwise there is said, not passed over. */
  private Hood asItIs() {
    Hood hood = common.hood();
    List<String> otherwise =
        hood.settings()
            .differences(
                Optional.ofNullable(boxes),
                Optional.ofNullable(broker),
                Optional.ofNullable(budget),
                Optional.ofNullable(host));
    if (!otherwise.isEmpty()) {
      throw new LauncherException(
          "the neighbourhood in "
              + hood.folder()
              + " was made with "
              + String.join(", ", otherwise)
              + ": leave that out to start it, or make another with --dir");
    }
    return hood;
  }
}
