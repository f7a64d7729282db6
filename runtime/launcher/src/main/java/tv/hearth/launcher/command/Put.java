package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;

/** {@code hearth put}. */
@Command(
    name = "put",
    mixinStandardHelpOptions = true,
    description = {
      "Store a file or a folder (an HLS or DASH folder plays as it is).",
      "Without --box it goes to the operator's films, for every box; with it, to that household's own objects."
    })
public final class Put implements Callable<Integer> {
  @Mixin private Common common;

  @Parameters(paramLabel = "FILE|FOLDER", description = "What to store")
  private Path source;

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

  @Override
  public Integer call() throws IOException {
    if (!Files.isReadable(source)) {
      throw new LauncherException("can't read " + source + ": is the path right?");
    }
    Output out = common.output();
    Hood hood = common.hood();
    String as = name != null ? name : source.toAbsolutePath().normalize().getFileName().toString();
    String label = durability != null ? durability : box == null ? "film" : "home";
    Objects objects = new Objects(hood, box == null ? 0 : box, box == null);
    long start = System.nanoTime();
    JsonNode stored = objects.put(source, as, label, out.progress());
    long nanos = System.nanoTime() - start;
    long length = stored.get("length").asLong();
    JsonNode survives = stored.get("survives");
    out.say(
        "stored "
            + as
            + ": "
            + Words.bytes(length)
            + " in "
            + Words.seconds(nanos)
            + ", any "
            + survives.get("k")
            + " of "
            + survives.get("n")
            + " pieces restore it: survives the loss of "
            + survives.get("losses")
            + " boxes");
    out.result(stored);
    return 0;
  }
}
