package tv.hearth.launcher.command;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.Output;

/** {@code hearth down}. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stop every process of the neighbourhood; what it stored stays in its folder.")
public final class Down implements Callable<Integer> {
  @Mixin private Common common;

  @Option(names = "--delete", description = "Delete the neighbourhood's folder, too")
  private boolean delete;

  @Override
  public Integer call() throws IOException {
    Output out = common.output();
    Hood hood = common.hood();
    int running = hood.running().size();
    Starter.down(hood);
    if (delete) {
      Hood.deleteTree(hood.folder());
    }
    out.say(
        "stopped "
            + running
            + " boxes, headend and broker"
            + (delete ? "; deleted " : "; kept ")
            + hood.folder());
    out.result(Map.of("stopped", running, "deleted", delete));
    return 0;
  }
}
