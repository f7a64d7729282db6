package tv.hearth.launcher.command.release;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tv.hearth.launcher.ui.Output;
import tv.hearth.release.KeyFile;
import tv.hearth.release.ReleaseToolException;
import tv.hearth.release.Repository;
import tv.hearth.release.Role;
import tv.hearth.release.Roles;
import tv.hearth.tuf.json.JsonObject;

/** {@code hearth release rotate}. */
@Command(
    name = "rotate",
    mixinStandardHelpOptions = true,
    description = {
      "Stage a new root, also the first: it says which keys sign what from now on.",
      "Sign it by the threshold of its own root keys and by that of the root before, then "
          + "publish.",
      "A key that it leaves out is revoked.",
      "New online keys let boxes recover from versions that a thief drove up."
    })
final class Rotate extends Tool {
  @Option(names = "--repository", required = true, paramLabel = "R", description = "Its folder")
  private Path repository;

  @Option(
      names = "--root-key",
      required = true,
      arity = "1..*",
      paramLabel = "PUB",
      description = "Public keys that may sign roots")
  private List<Path> rootKeys;

  @Option(
      names = "--root-threshold",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many of them must (default: ${DEFAULT-VALUE})")
  private int rootThreshold;

  @Option(
      names = "--release-key",
      required = true,
      arity = "1..*",
      paramLabel = "PUB",
      description = "Public keys that may sign releases")
  private List<Path> releaseKeys;

  @Option(
      names = "--release-threshold",
      paramLabel = "N",
      defaultValue = "2",
      description = "How many of them must (default: ${DEFAULT-VALUE})")
  private int releaseThreshold;

  @Option(
      names = "--online-key",
      required = true,
      paramLabel = "PUB",
      description = "Public key that signs what is fresh, at the headend")
  private Path onlineKey;

  @Option(
      names = "--expires",
      paramLabel = "PERIOD",
      defaultValue = "P1Y",
      description = "How long it lasts, e.g. 90d (default: ${DEFAULT-VALUE})")
  private Period expires;

  @Override
  void run(Output out) throws IOException, ReleaseToolException {
    Role online = new Role(List.of(KeyFile.readPublic(onlineKey)), 1);
    Role root = new Role(keys(rootKeys), rootThreshold);
    Role releases = new Role(keys(releaseKeys), releaseThreshold);
    Instant end = Instant.now().atOffset(ZoneOffset.UTC).plus(expires).toInstant();
    Path staged =
        new Repository(repository).stageRoot(new Roles(root, releases, online, online), end);
    out.say(staged + "  wants " + rootThreshold + " signatures of its root keys,");
    out.say(
        "  and those that the root before asks for: hearth release sign " + staged + " --key …");
    out.result(Map.of("staged", staged.toString()));
  }

  private static List<JsonObject> keys(List<Path> paths) throws IOException, ReleaseToolException {
    List<JsonObject> keys = new ArrayList<>();
    for (Path path : paths) {
      keys.add(KeyFile.readPublic(path));
    }
    return keys;
  }
}
