package tv.hearth.launcher.command;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Installation;
import tv.hearth.launcher.ui.Output;

/** Options that all commands on a neighbourhood share. */
public final class Common {
  @Option(
      names = "--dir",
      paramLabel = "D",
      description = "The neighbourhood (default: ~/.hearth/neighbourhood)")
  private Path dir;

  @Option(
      names = "--json",
      description =
          "The last line on standard output is one JSON object: the result, or {\"error\":…}")
  private boolean json;

  /** The neighbourhood's folder. */
  public Path folder() {
    return dir != null ? dir : Path.of(System.getProperty("user.home"), ".hearth", "neighbourhood");
  }

  /** True where it is not the default one. */
  public boolean isElsewhere() {
    return dir != null;
  }

  /** The neighbourhood that is there. */
  public Hood hood() {
    return Hood.open(folder(), Installation.own());
  }

  /** Where to write. */
  public Output output() {
    return new Output(json);
  }
}
