package tv.hearth.launcher.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.command.fleet.Line;
import tv.hearth.launcher.command.fleet.Members;
import tv.hearth.launcher.hood.ExternalBox;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.LeftBehind;
import tv.hearth.launcher.ui.Output;

/** {@code hearth box …}. */
@Command(
    name = "box",
    mixinStandardHelpOptions = true,
    description =
        "Stop, start, kill or lose boxes; invite one from another machine; see and end membership.")
public final class BoxCommand {
  private static final String NUMBERS = "Their numbers, as 'hearth status' shows them";
  private static final String WHICH =
      "Numbers on this machine, or box ids as 'hearth box list' shows them (a beginning will do)";

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = "Stop boxes in an orderly way.")
  int stop(
      @Mixin Common common,
      @Parameters(paramLabel = "N", arity = "1..*", description = NUMBERS) List<Integer> numbers) {
    Hood hood = common.hood();
    List<Integer> boxes = hood.boxes(numbers);
    boxes.forEach(n -> hood.box(n).stop());
    return said(common.output(), "stopped", boxes);
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Start boxes and wait until they know their neighbours.")
  int start(
      @Mixin Common common,
      @Parameters(paramLabel = "N", arity = "1..*", description = NUMBERS) List<Integer> numbers)
      throws IOException {
    Output out = common.output();
    Hood hood = common.hood();
    List<Integer> boxes = hood.boxes(numbers);
    return LeftBehind.says(
        () -> Up.leftBehind(common),
        () -> {
          new Starter(hood).boxes(boxes, out.progress());
          return said(out, "started", boxes);
        });
  }

  @Command(
      name = "kill",
      mixinStandardHelpOptions = true,
      description = "End boxes at once, as a pulled plug does.")
  int kill(
      @Mixin Common common,
      @Parameters(paramLabel = "N", arity = "1..*", description = NUMBERS) List<Integer> numbers) {
    Hood hood = common.hood();
    List<Integer> boxes = hood.boxes(numbers);
    boxes.forEach(n -> hood.box(n).kill());
    return said(common.output(), "killed", boxes);
  }

  @Command(
      name = "lose",
      mixinStandardHelpOptions = true,
      description = {
        "End boxes at once and throw their state away, as if they had burnt.",
        "'box start' then starts a new box with a new identity in its place, and the old one "
            + "leaves the neighbourhood.",
        "Until then it is a member that is off: 'box remove' takes it out."
      })
  int lose(
      @Mixin Common common,
      @Parameters(paramLabel = "N", arity = "1..*", description = NUMBERS) List<Integer> numbers)
      throws IOException {
    Hood hood = common.hood();
    List<Integer> boxes = hood.boxes(numbers);
    for (int box : boxes) {
      hood.lose(box);
    }
    return said(common.output(), "lost", boxes);
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = {
        "Take boxes out of the neighbourhood: stolen, scrapped, or gone for good.",
        "From the next map on nothing is placed on them, no neighbour speaks to them, and "
            + "they get no certificate.",
        "Their pieces count as lost.",
        "'box admit' takes them back."
      })
  int remove(
      @Mixin Line line,
      @Parameters(paramLabel = "N|ID", arity = "1..*", description = WHICH) List<String> boxes)
      throws IOException {
    return Members.remove(line, boxes);
  }

  @Command(
      name = "admit",
      mixinStandardHelpOptions = true,
      description = "Make boxes that were removed members again; their pieces count again.")
  int admit(
      @Mixin Line line,
      @Parameters(paramLabel = "N|ID", arity = "1..*", description = WHICH) List<String> boxes)
      throws IOException {
    return Members.admit(line, boxes);
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "The registry's boxes: id, state, whether they are on, when they were seen.")
  int list(@Mixin Line line) throws IOException {
    return Members.list(line);
  }

  @Command(
      name = "new",
      mixinStandardHelpOptions = true,
      description = {
        "Write what one more box, on another machine or emulated, needs to join: its folder.",
        "The folder has the anchor, a new claim code (a secret), the release root and etc/*.cfg.",
        "Copy it onto the box as --at.",
        "The neighbourhood must be one of 'hearth up --host ADDRESS' that the box reaches."
      })
  int invite(
      @Mixin Common common,
      @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "Where to")
          Path folder,
      @Option(
              names = "--at",
              defaultValue = "/data/box",
              paramLabel = "PATH",
              description = "The folder's place on the box (default: ${DEFAULT-VALUE})")
          String at,
      @Option(
              names = "--announce",
              defaultValue = "",
              paramLabel = "ADDRESS",
              description = "Where neighbours reach it (default: its interfaces' addresses)")
          String announce,
      @Option(
              names = "--port",
              defaultValue = "7443",
              paramLabel = "P",
              description = "Port that it listens on for neighbours (default: ${DEFAULT-VALUE})")
          int port,
      @Option(names = "--model", defaultValue = "host", paramLabel = "M", description = "Its model")
          String model,
      @Option(
              names = "--location",
              defaultValue = "default",
              paramLabel = "PID",
              description = "ALTO PID that it asks for (default: ${DEFAULT-VALUE})")
          String location)
      throws IOException {
    Hood hood = common.hood();
    hood.invite(new ExternalBox(folder, at, announce, port, model, location));
    Output out = common.output();
    out.say("wrote " + folder + ": copy it onto the box as " + at);
    out.result(
        Map.of(
            "folder", folder.toString(),
            "headend", hood.headendUrl(),
            "broker", hood.brokerUrl()));
    return 0;
  }

  private static int said(Output out, String done, List<Integer> boxes) {
    out.say(done + " " + boxes);
    out.result(Map.of("did", done, "boxes", boxes));
    return 0;
  }
}
