package tv.hearth.launcher.command.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.ui.Output;
import tv.hearth.release.BundleFolder;
import tv.hearth.release.ReleaseBuilder;
import tv.hearth.release.ReleaseToolException;
import tv.hearth.release.Repository;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonParser;
import tv.hearth.tuf.release.ReleaseFile;

/** {@code hearth release build}. */
@Command(
    name = "build",
    description = {
      "Make a release of a folder of bundles and stage it for signing.",
      "It is the whole set that a box is to run, such as runtime/box/target/export/box; "
          + "bundles that a box has already are not fetched again, and the firmware's own are left "
          + "out."
    })
final class Build extends Tool {
  // The standard options have a --version, too: help alone is taken of them.
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help message and exit.")
  private boolean help;

  @Option(names = "--repository", required = true, paramLabel = "R", description = "Its folder")
  private Path repository;

  @Option(names = "--name", required = true, paramLabel = "N", description = "The release's name")
  private String name;

  @Option(names = "--version", required = true, paramLabel = "V", description = "Its version")
  private String version;

  @Option(
      names = "--bundles",
      required = true,
      paramLabel = "DIR",
      description = "Folder whose jars are the bundles")
  private Path bundles;

  @Option(
      names = "--counter",
      paramLabel = "N",
      description = "Larger than every release's before it (default: one more than the largest)")
  private Long counter;

  @Option(
      names = "--model",
      arity = "1..*",
      paramLabel = "M",
      description = "Box models it is for (default: all)")
  private List<String> models = List.of("*");

  @Option(
      names = "--health-window",
      paramLabel = "D",
      defaultValue = "60s",
      description =
          "How long a box watches it before it keeps it, to 24h (default: ${DEFAULT-VALUE})")
  private Duration healthWindow;

  @Option(
      names = "--from",
      paramLabel = "V",
      description =
          "What a box must have so that it can be installed there, VERSION for all bundles or "
              + "BUNDLE=VERSION for one; older boxes go over releases between (default: anything)")
  private List<String> from = List.of();

  @Option(
      names = "--start-order",
      paramLabel = "BUNDLE=N",
      description = "Lower starts first; others have 10")
  private Map<String, Integer> startOrders = Map.of();

  @Option(
      names = "--configuration",
      paramLabel = "PID=FILE",
      description = "A configuration's properties, as a JSON object")
  private Map<String, Path> configurations = Map.of();

  @Option(
      names = "--expires",
      paramLabel = "PERIOD",
      defaultValue = "P1Y",
      description = "How long the signatures last (default: ${DEFAULT-VALUE})")
  private Period expires;

  @Override
  void run(Output out) throws IOException, ReleaseToolException {
    Repository into = new Repository(repository);
    Map<String, JsonObject> properties = new LinkedHashMap<>();
    for (var each : configurations.entrySet()) {
      properties.put(each.getKey(), json(each.getValue()));
    }
    BundleFolder folder = BundleFolder.read(bundles);
    for (String file : folder.leftOut()) {
      out.say("left out " + file + ": the firmware's, or not ours to update");
    }
    long next = counter != null ? counter : into.largestCounter() + 1;
    Map<String, JsonObject> targets =
        new ReleaseBuilder(into)
            .build(
                new ReleaseBuilder.Settings(
                    name,
                    version,
                    next,
                    models,
                    Math.toIntExact(healthWindow.toSeconds()),
                    folder.from(from),
                    folder.bundles(),
                    startOrders,
                    properties));
    Instant end = Instant.now().atOffset(ZoneOffset.UTC).plus(expires).toInstant();
    Path staged = into.stageTargets(targets, end);
    String target = ReleaseFile.target(name, version);
    out.say(target + "  counter " + next + ", " + (targets.size() - 1) + " bundles");
    out.say(staged + "  wants signatures: hearth release sign " + staged + " --key …");
    out.result(Map.of("target", target, "counter", next, "staged", staged.toString()));
  }

  private static JsonObject json(Path file) throws IOException {
    try {
      return JsonParser.object(Files.readAllBytes(file));
    } catch (JsonException e) {
      throw new LauncherException(file + ": " + e.getMessage(), e);
    }
  }
}
