package tv.hearth.launcher.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
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
import tv.hearth.launcher.ui.Output;

/** {@code hearth up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = {
      "Start broker, headend, ingest node and boxes, a JVM each, and leave them running.",
      "A neighbourhood that is there already is started again with all it stored."
    })
public final class Up implements Callable<Integer> {
  @Mixin private Common common;

  @Option(
      names = "--boxes",
      paramLabel = "N",
      defaultValue = "8",
      description = "How many boxes, 1…200 (default: ${DEFAULT-VALUE}); each takes about 110 MB")
  private int boxes;

  @Option(
      names = "--broker",
      paramLabel = "URL",
      defaultValue = "",
      description =
          "An MQTT 5 broker of yours, mqtts://HOST:PORT (see docs/format-topics.md); default: one is started")
  private String broker;

  @Option(
      names = "--budget",
      paramLabel = "B",
      defaultValue = "open",
      description = "open: wide limits, for tests; least: what a box has without a governor")
  private String budget;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = HoodSettings.LOOPBACK,
      description =
          "Address of this machine that headend, broker and boxes listen on and announce; another than ${DEFAULT-VALUE} lets boxes on other machines in (hearth box new)")
  private String host;

  @Override
  public Integer call() throws IOException {
    Output out = common.output();
    Hood hood =
        Hood.exists(common.folder()) ? common.hood() : create(common, boxes, broker, budget, host);
    long start = System.nanoTime();
    List<Integer> removed = new Starter(hood).up(out.progress());
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
    out.say("next: hearth put FILE|FOLDER; hearth status; hearth down");
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

  static Hood create(Common common, int boxes, String broker, String budget, String host) {
    if (boxes < 1 || boxes > 200) {
      throw new LauncherException("--boxes takes 1…200, not " + boxes);
    }
    if (!budget.equals("open") && !budget.equals("least")) {
      throw new LauncherException("--budget takes open or least, not " + budget);
    }
    if (!broker.isEmpty() && !broker.startsWith("mqtts://")) {
      throw new LauncherException("--broker takes mqtts://HOST:PORT, not " + broker);
    }
    return Hood.create(common.folder(), boxes, broker, budget, host, Installation.own());
  }
}
