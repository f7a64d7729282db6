package tv.hearth.launcher.command.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tv.hearth.launcher.command.Common;
import tv.hearth.launcher.demo.DemoReleases;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.ui.Output;

/** {@code hearth release sample}. */
@Command(
    name = "sample",
    mixinStandardHelpOptions = true,
    description = {
      "Publish a release for testing, in the neighbourhood's own repository and with its own "
          + "keys: storage, transfer and crypto as they are, with a higher version.",
      "'hearth fleet update --release hearth/VERSION' then rolls it out."
    })
final class Sample implements Callable<Integer> {
  @Mixin private Common common;

  @Parameters(paramLabel = "VERSION", description = "The release's version, e.g. 2")
  private String version;

  @Option(
      names = "--bad",
      description = "With one more bundle, that starts well and then fails its health check")
  private boolean bad;

  @Option(
      names = "--health-window",
      paramLabel = "D",
      defaultValue = "3s",
      description =
          "How long a box watches it before it keeps it, to 24h (default: ${DEFAULT-VALUE})")
  private Duration window;

  @Override
  public Integer call() throws IOException {
    Hood hood = common.hood();
    Output out = common.output();
    Path scratch = Files.createTempDirectory("hearth-sample");
    try {
      int seconds = Math.toIntExact(window.toSeconds());
      DemoReleases releases = new DemoReleases(hood, scratch);
      String target = bad ? releases.bad(version, seconds) : releases.good(version, seconds);
      out.say("published " + target);
      out.result(Map.of("target", target));
      return 0;
    } finally {
      Hood.deleteTree(scratch);
    }
  }
}
