package tv.hearth.launcher.command;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.Output;

/** {@code hearth box …}. */
@Command(
    name = "box",
    mixinStandardHelpOptions = true,
    description = "Stop, start, kill or lose boxes.")
public final class BoxCommand {
  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Stop boxes in an orderly way.")
  int stop(
      @Mixin Common common, @Parameters(paramLabel = "N", arity = "1..*") List<Integer> boxes) {
    Hood hood = common.hood();
    boxes.forEach(n -> hood.box(n).stop());
    return said(common.output(), "stopped", boxes);
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Start boxes and wait until they know their neighbours.")
  int start(
      @Mixin Common common, @Parameters(paramLabel = "N", arity = "1..*") List<Integer> boxes) {
    Output out = common.output();
    new Starter(common.hood()).boxes(boxes, out.progress());
    return said(out, "started", boxes);
  }

  @Command(
      name = "kill",
      mixinStandardHelpOptions = true,
      description = "End boxes at once, as a pulled plug does.")
  int kill(
      @Mixin Common common, @Parameters(paramLabel = "N", arity = "1..*") List<Integer> boxes) {
    Hood hood = common.hood();
    boxes.forEach(n -> hood.box(n).kill());
    return said(common.output(), "killed", boxes);
  }

  @Command(
      name = "lose",
      mixinStandardHelpOptions = true,
      description = {
        "End boxes at once and throw their state away, as if they had burnt.",
        "'box start' then starts a new box with a new identity in its place."
      })
  int lose(@Mixin Common common, @Parameters(paramLabel = "N", arity = "1..*") List<Integer> boxes)
      throws IOException {
    Hood hood = common.hood();
    for (int box : boxes) {
      hood.lose(box);
    }
    return said(common.output(), "lost", boxes);
  }

  private static int said(Output out, String done, List<Integer> boxes) {
    out.say(done + " " + boxes);
    out.result(Map.of("did", done, "boxes", boxes));
    return 0;
  }
}
