package tv.hearth.tests.benchmarks.process;

import java.nio.file.Path;
import picocli.CommandLine.Option;
import tv.hearth.launcher.ui.Output;

/** Options of every benchmark. */
public final class Common {
  @Option(
      names = "--json",
      description = "The last line on standard output is one JSON object, the figures")
  private boolean json;

  @Option(
      names = "--dir",
      paramLabel = "D",
      description = "Where neighbourhoods and files are made, and deleted (default: /tmp)")
  private Path dir = Path.of(System.getProperty("java.io.tmpdir"));

  /** Where to write. */
  public Output output() {
    return new Output(json);
  }

  Path folder() {
    return dir.toAbsolutePath();
  }
}
