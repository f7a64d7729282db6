package tv.hearth.launcher.command.release;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tv.hearth.launcher.ui.Output;
import tv.hearth.release.ReleaseToolException;
import tv.hearth.release.Repository;

/** {@code hearth release publish}. */
@Command(
    name = "publish",
    mixinStandardHelpOptions = true,
    description = {
      "Publish what is staged and signed, with a fresh snapshot and timestamp by the online "
          + "key.",
      "With nothing staged, only these are renewed: run it so, from a timer, before they "
          + "expire."
    })
final class Publish extends Tool {
  @Option(names = "--repository", required = true, paramLabel = "R", description = "Its folder")
  private Path repository;

  @Option(
      names = "--online-key",
      required = true,
      paramLabel = "K",
      description = "Secret key that signs what is fresh")
  private Path onlineKey;

  @Option(
      names = "--snapshot-life",
      paramLabel = "D",
      defaultValue = "30d",
      description = "How long a snapshot lasts (default: ${DEFAULT-VALUE})")
  private Duration snapshotLife;

  @Option(
      names = "--timestamp-life",
      paramLabel = "D",
      defaultValue = "7d",
      description = "How long a box takes it for fresh (default: ${DEFAULT-VALUE})")
  private Duration timestampLife;

  @Mixin private Passphrase passphrase;

  @Override
  void run(Output out) throws IOException, ReleaseToolException {
    Repository.Published published =
        new Repository(repository)
            .publish(passphrase.open(onlineKey), Instant.now(), snapshotLife, timestampLife);
    out.say(
        "published: root "
            + published.root()
            + ", targets "
            + published.targets()
            + ", snapshot "
            + published.snapshot());
    out.result(
        Map.of(
            "root", published.root(),
            "targets", published.targets(),
            "snapshot", published.snapshot()));
  }
}
