package tv.hearth.launcher.command.release;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.ui.Output;
import tv.hearth.release.ReleaseToolException;

/** What the commands under {@code hearth release} share. */
abstract class Tool implements Callable<Integer> {
  @Option(
      names = "--json",
      description =
          "The last line on standard output is one JSON object: the result, or {\"error\":…}")
  private boolean json;

  @Override
  public final Integer call() throws IOException {
    try {
      run(new Output(json));
      return 0;
    } catch (NoSuchFileException e) {
      throw new LauncherException("there is no " + e.getFile(), e);
    } catch (ReleaseToolException e) {
      throw new LauncherException(e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new LauncherException(e.getMessage(), e);
    }
  }

  abstract void run(Output out) throws IOException, ReleaseToolException;
}
