package tv.hearth.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.support.level.Levels;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonValue;
import tv.hearth.tuf.release.LeastVersions;
import tv.hearth.tuf.release.PayloadTree;
import tv.hearth.tuf.release.ReleaseException;
import tv.hearth.tuf.release.ReleaseFile;

/**
 * Makes a release from bundles: copies them to where a repository serves targets, and writes the
 * feature that names them. The same bundles and settings give the same bytes.
 */
public final class ReleaseBuilder {
  /** Hexadecimal digits of a hash that tell bundles of one version apart. */
  private static final int SHORT = 16;

  private final Repository repository;

  /** Into that repository. */
  public ReleaseBuilder(Repository repository) {
    this.repository = repository;
  }

  /**
   * What a release is made of.
   *
   * @param counter larger than that of every release before
   * @param from what a box must have so that it can be installed there
   * @param bundles jars, a symbolic name once
   * @param startOrders by symbolic name; others start at 10
   * @param configurations PID to properties
   */
  public record Settings(
      String name,
      String version,
      long counter,
      List<String> models,
      int healthWindowSeconds,
      LeastVersions from,
      List<Path> bundles,
      Map<String, Integer> startOrders,
      Map<String, JsonObject> configurations) {}

  /**
   * Copies the bundles and the feature to the targets, which no box sees before they are signed.
   *
   * @return the targets to stage: name to what metadata says of it
   */
  public Map<String, JsonObject> build(Settings settings) throws IOException, ReleaseToolException {
    repository.needRoot();
    Map<String, JsonObject> targets = new LinkedHashMap<>();
    Map<String, JsonObject> bundles = new TreeMap<>();
    for (Path jar : settings.bundles()) {
      JsonObject bundle = bundle(jar, settings, targets);
      if (bundles.put(text(bundle, "id"), bundle) != null) {
        throw new ReleaseToolException("two bundles are " + text(bundle, "id"));
      }
    }
    byte[] feature = feature(settings, new ArrayList<>(bundles.values()), levels(settings));
    try {
      ReleaseFile.parse(feature);
    } catch (ReleaseException e) {
      throw new ReleaseToolException(e.getMessage(), e);
    }
    String name = ReleaseFile.target(settings.name(), settings.version());
    String sha256 = Hashes.sha256(feature);
    checkNew(name, sha256, settings.counter());
    Path path = repository.targetFile(name, sha256);
    Files.createDirectories(path.getParent());
    DurableFiles.publish(path, feature);
    targets.put(name, Json.object("length", feature.length, "hashes", hashes(sha256)));
    return targets;
  }

  /** Nothing is copied for a release that could not be published, or that no box would take. */
  private void checkNew(String name, String sha256, long counter)
      throws IOException, ReleaseToolException {
    Optional<String> published = repository.published(name);
    if (published.isPresent() && published.get().equals(sha256)) {
      return; // the same release, to be signed for longer
    }
    if (published.isPresent()) {
      throw new ReleaseToolException(
          name
              + " is published already, with other bytes or another counter, and boxes may have it:"
              + " build it under a version that was never published");
    }
    long largest = repository.largestCounter();
    if (counter <= largest) {
      throw new ReleaseToolException(
          "counter "
              + counter
              + " is not above "
              + largest
              + ", which is published: no box that has that would take it; leave --counter out");
    }
  }

  /** What all its bundles know. */
  private static Levels levels(Settings settings) throws IOException, ReleaseToolException {
    Levels levels = new Levels(Levels.FIRST, Levels.MOST);
    for (Path jar : settings.bundles()) {
      try {
        levels = levels.and(Levels.of(headers(jar)));
      } catch (IllegalArgumentException e) {
        throw new ReleaseToolException(
            jar + " and the bundles before it know no level together: " + e.getMessage(), e);
      }
    }
    return levels;
  }

  private JsonObject bundle(Path jar, Settings settings, Map<String, JsonObject> targets)
      throws IOException, ReleaseToolException {
    Map<String, String> headers = headers(jar);
    String symbolicName = headers.getOrDefault("Bundle-SymbolicName", "").split(";", 2)[0].trim();
    String version = headers.getOrDefault("Bundle-Version", "0");
    if (symbolicName.isEmpty()) {
      throw new ReleaseToolException(jar + " is no bundle: it has no Bundle-SymbolicName");
    }
    String sha256 = Hashes.sha256(jar);
    String target = target(symbolicName, version, sha256);
    byte[] leaves = Hashes.leaves(jar);
    Path path = repository.targetFile(target, sha256);
    Files.createDirectories(path.getParent());
    DurableFiles.publish(path, jar);
    DurableFiles.publish(path.resolveSibling(path.getFileName() + ".tree"), leaves);
    targets.put(target, entry(Files.size(jar), sha256, leaves));
    JsonObject manifest =
        new JsonObject(
            headers.entrySet().stream()
                .collect(
                    LinkedHashMap::new,
                    (map, one) -> map.put(one.getKey(), new JsonValue.Text(one.getValue())),
                    Map::putAll));
    return Json.object(
        "id", ReleaseFile.GROUP + ":" + symbolicName + ":" + version,
        "hearth-target", target,
        "hearth-sha256", sha256,
        "hearth-start-order", settings.startOrders().getOrDefault(symbolicName, 10),
        "hearth-manifest", manifest);
  }

  /** Other bytes under a version that is published get a name of their own. */
  private String target(String symbolicName, String version, String sha256)
      throws IOException, ReleaseToolException {
    String usual = "bundle/" + symbolicName + "/" + version + ".jar";
    Optional<String> published = repository.published(usual);
    return published.isEmpty() || published.get().equals(sha256)
        ? usual
        : "bundle/" + symbolicName + "/" + version + "/" + sha256.substring(0, SHORT) + ".jar";
  }

  private static JsonObject entry(long length, String sha256, byte[] leaves) {
    String root = java.util.HexFormat.of().formatHex(Merkle.PAYLOAD.root(leaves));
    JsonObject tree =
        Json.object("algorithm", "sha-256", "chunk-size", PayloadTree.CHUNK_SIZE, "root", root);
    JsonObject custom = Json.object("hearth", Json.object("format", 1, "tree", tree));
    return Json.object("length", length, "hashes", hashes(sha256), "custom", custom);
  }

  private static byte[] feature(Settings settings, List<JsonObject> bundles, Levels levels) {
    JsonObject own =
        Json.object(
            "format", 1,
            "counter", settings.counter(),
            "level", Json.object("least", levels.least(), "most", levels.most()),
            "models", settings.models(),
            "health-window-seconds", settings.healthWindowSeconds());
    if (!settings.from().isEmpty()) {
      Map<String, JsonValue> from = new TreeMap<>();
      settings.from().bundles().forEach((name, least) -> from.put(name, Json.value(least)));
      own = Json.with(own, "from", new JsonObject(from));
    }
    JsonObject extension = Json.object("kind", "mandatory", "type", "json", "json", own);
    Map<String, JsonValue> configurations = new TreeMap<>(settings.configurations());
    return Json.write(
        Json.object(
            "feature-resource-version",
            "1.0",
            "id",
            ReleaseFile.GROUP + ":" + settings.name() + ":" + settings.version(),
            "bundles",
            bundles,
            "configurations",
            new JsonObject(configurations),
            "extensions",
            Json.object(ReleaseFile.EXTENSION, extension)));
  }

  private static Map<String, String> headers(Path jar) throws IOException, ReleaseToolException {
    try (JarFile file = new JarFile(jar.toFile())) {
      Manifest manifest = file.getManifest();
      if (manifest == null) {
        throw new ReleaseToolException(jar + " is no bundle: it has no manifest");
      }
      Map<String, String> headers = new TreeMap<>();
      Attributes main = manifest.getMainAttributes();
      for (String header : ReleaseFile.HEADERS) {
        if (main.getValue(header) != null) {
          headers.put(header, main.getValue(header));
        }
      }
      return headers;
    }
  }

  private static JsonObject hashes(String sha256) {
    return Json.object("sha256", sha256);
  }

  private static String text(JsonObject object, String name) throws ReleaseToolException {
    try {
      return object.text(name);
    } catch (JsonException e) {
      throw new ReleaseToolException(e.getMessage(), e);
    }
  }
}
