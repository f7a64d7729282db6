package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.FileNames;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.ui.LeftBehind;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;

/** {@code hearth put}. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description = {
      "Store a file or a folder (an HLS or DASH folder plays as it is).",
      "Kept are names and bytes; times, modes and owners are not, and links, pipes, devices "
          + "and empty folders are left out and named.",
      "A file that changes while it is read is not stored.",
      "Without --box it goes to the operator's films, for every box; with it, to that "
          + "household's own objects."
    })
public final class Put implements Callable<Integer> {
  @Mixin private Common common;

  @Parameters(
      paramLabel = "FILE|FOLDER|-",
      description = "What to store; - for standard input, with --name")
  private String source;

  @Option(
      names = "--class",
      paramLabel = "C",
      description =
          "film (16 of 20, default for films), archive (60 of 80), home (40 of 80, default with --box), half-proof (20 of 80); scaled down in a small neighbourhood")
  private String durability;

  @Option(names = "--box", paramLabel = "N", description = "Store as the household of box N")
  private Integer box;

  @Option(names = "--name", description = "Store under this name (default: the file's)")
  private String name;

  @Option(
      names = "--most",
      paramLabel = "SIZE",
      defaultValue = "64G",
      description =
          "Of a stream, which may have no end: how much is taken at most, e.g. 500M (default: ${DEFAULT-VALUE})")
  private String most;

  @Override
  public Integer call() throws IOException {
    Output out = common.output();
    StreamSource stream = StreamSource.of(FileNames.checked(source), StreamSource.size(most));
    Path file = stream != null ? null : file(source);
    if (stream != null && name == null) {
      throw new LauncherException("a stream has no name: give one by --name");
    }
    String as = Names.checked(name != null ? name : ownName(file));
    Hood hood = common.hood();
    return LeftBehind.says(
        () -> leftBehind(as),
        () -> stream == null ? store(hood, file, as, out) : spooled(hood, stream, as, out));
  }

  private int spooled(Hood hood, StreamSource stream, String as, Output out) throws IOException {
    try (stream) {
      return store(hood, stream.spool(hood.folder(), out.progress()), as, out);
    }
  }

  private static String leftBehind(String as) {
    return "'"
        + as
        + "' is not stored, unless hearth ls shows it; what was stored by that name before stays."
        + " Put it again; what boxes took of it they give up by themselves";
  }

  private static Path file(String source) {
    Path file = Path.of(source);
    if (!Files.isReadable(file)) {
      throw new LauncherException("can't read " + source + ": is the path right?");
    }
    return file;
  }

  private static String ownName(Path file) {
    return file.toAbsolutePath().normalize().getFileName().toString();
  }

  private int store(Hood hood, Path file, String as, Output out) {
    String label = durability != null ? durability : box == null ? "film" : "home";
    Objects objects = new Objects(hood, box == null ? 0 : box, box == null);
    JsonNode leftOut = objects.look(file).path("leftOut");
    LeftOut.tell(leftOut, out);
    long start = System.nanoTime();
    JsonNode stored = Advice.with(hood, () -> objects.put(file, as, label, out.progress()));
    long nanos = System.nanoTime() - start;
    JsonNode survives = stored.get("survives");
    out.say(
        "stored "
            + as
            + ": "
            + Words.bytes(stored.get("length").asLong())
            + " in "
            + Words.seconds(nanos)
            + ", any "
            + survives.get("k")
            + " of "
            + survives.get("n")
            + " pieces restore it: survives the loss of "
            + Words.count(survives.get("losses").asLong(), "box", "boxes")
            + (leftOut.isEmpty()
                ? ""
                : "; left out, see above: " + Words.count(leftOut.size(), "entry", "entries")));
    ((ObjectNode) stored).set("leftOut", leftOut);
    out.result(stored);
    return 0;
  }
}
