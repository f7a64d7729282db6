package tv.hearth.tuf.release;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import tv.hearth.support.level.Levels;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonParser;
import tv.hearth.tuf.json.JsonValue;

/**
 * A release: an OSGi feature (Compendium R8, chapter 159) whose bundles are signed targets, with an
 * extension {@value #EXTENSION} of our own. Immutable.
 *
 * @param counter grows from release to release of a fleet, 1 or more
 * @param models box models it is for; {@code *} for all
 * @param healthWindowSeconds how long a box watches it before it is the good set, 1…86400
 * @param levels which levels of a neighbourhood all its bundles read and write
 * @param from what a box must have so that it can be installed there
 * @param bundles in no order; started by their start order
 * @param configurations PID to properties, each a text, whole number, truth or array of these
 */
public record ReleaseFile(
    String name,
    String version,
    long counter,
    List<String> models,
    int healthWindowSeconds,
    Levels levels,
    LeastVersions from,
    List<ReleaseBundle> bundles,
    Map<String, JsonObject> configurations) {
  /** The extension's name in the feature. */
  public static final String EXTENSION = "tv.hearth.release";

  /** The group of our features' and bundles' ids. */
  public static final String GROUP = "tv.hearth";

  /** The manifest headers that a release repeats. */
  public static final Set<String> HEADERS =
      Set.of(
          "Bundle-SymbolicName",
          "Bundle-Version",
          "Bundle-Activator",
          "Bundle-NativeCode",
          "DynamicImport-Package",
          "Export-Package",
          "Fragment-Host",
          "Import-Package",
          "Provide-Capability",
          "Require-Bundle",
          "Require-Capability",
          "Service-Component");

  private static final int MOST_BUNDLES = 256;
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,127}");
  private static final Pattern TARGET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,255}");
  private static final Pattern SHA256 = Pattern.compile("[0-9a-f]{64}");

  /** Copies the collections. */
  public ReleaseFile {
    models = List.copyOf(models);
    bundles = List.copyOf(bundles);
    configurations = Map.copyOf(configurations);
  }

  /** The target's name of a release of that name and version. */
  public static String target(String name, String version) {
    return "release/" + name + "/" + version + ".json";
  }

  /** Parses a feature whose signature was checked. Unknown members are ignored. */
  public static ReleaseFile parse(byte[] bytes) throws ReleaseException {
    try {
      return parse(JsonParser.object(bytes));
    } catch (JsonException e) {
      throw new ReleaseException("no release: " + e.getMessage());
    }
  }

  private static ReleaseFile parse(JsonObject feature) throws JsonException, ReleaseException {
    need(
        feature.text("feature-resource-version").startsWith("1."),
        "a feature's form that is not of version 1");
    String[] id = id(feature.text("id"));
    JsonObject own = feature.object("extensions").object(EXTENSION).object("json");
    need(own.whole("format") == 1, "a format this box does not know; update the box first");
    long counter = own.whole("counter");
    need(counter >= 1, "a counter below 1");
    long window = own.whole("health-window-seconds");
    need(window >= 1 && window <= 86_400, "a health window that is not 1…86400 s");
    List<ReleaseBundle> bundles = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (JsonValue item : feature.array("bundles")) {
      ReleaseBundle bundle = bundle(JsonObject.as(JsonObject.class, "bundles", item));
      need(names.add(bundle.symbolicName()), bundle.symbolicName() + " is in it twice");
      need(names.size() <= MOST_BUNDLES, "more than " + MOST_BUNDLES + " bundles");
      bundles.add(bundle);
    }
    need(!bundles.isEmpty(), "no bundle");
    Map<String, JsonObject> configurations = new LinkedHashMap<>();
    if (feature.find("configurations").isPresent()) {
      JsonObject all = feature.object("configurations");
      for (String pid : all.members().keySet()) {
        need(NAME.matcher(pid).matches(), "a configuration's PID that can't be");
        configurations.put(pid, all.object(pid));
      }
    }
    List<String> models = own.texts("models");
    return new ReleaseFile(
        id[1],
        id[2],
        counter,
        models,
        (int) window,
        levels(own, bundles),
        from(own),
        bundles,
        configurations);
  }

  private static LeastVersions from(JsonObject own) throws JsonException, ReleaseException {
    if (own.find("from").isEmpty()) {
      return LeastVersions.NONE;
    }
    JsonObject from = own.object("from");
    SortedMap<String, String> least = new TreeMap<>();
    for (String name : from.members().keySet()) {
      need(NAME.matcher(name).matches(), "a bundle's name that can't be, in what it installs from");
      need(least.size() < MOST_BUNDLES, "more than " + MOST_BUNDLES + " bundles to install from");
      least.put(name, from.text(name));
    }
    try {
      return new LeastVersions(least);
    } catch (IllegalArgumentException e) {
      throw new ReleaseException("the release installs from " + e.getMessage());
    }
  }

  /** What it says, which must be what its bundles say: nothing is read that one of them can't. */
  private static Levels levels(JsonObject own, List<ReleaseBundle> bundles)
      throws JsonException, ReleaseException {
    Levels said = Levels.UNSAID;
    try {
      if (own.find("level").isPresent()) {
        JsonObject level = own.object("level");
        said = new Levels(small(level, "least"), small(level, "most"));
      }
      for (ReleaseBundle bundle : bundles) {
        Levels knows = Levels.of(bundle.headers());
        need(
            knows.has(said.least()) && knows.has(said.most()),
            "levels " + said + ", and " + bundle.symbolicName() + " in it knows " + knows);
      }
      return said;
    } catch (IllegalArgumentException e) {
      throw new ReleaseException("the release has " + e.getMessage());
    }
  }

  private static int small(JsonObject object, String name) throws JsonException {
    return (int) Math.max(0, Math.min(Integer.MAX_VALUE, object.whole(name)));
  }

  private static ReleaseBundle bundle(JsonObject bundle) throws JsonException, ReleaseException {
    String[] id = id(bundle.text("id"));
    String target = bundle.text("hearth-target");
    String sha256 = bundle.text("hearth-sha256");
    long order =
        bundle.find("hearth-start-order").isPresent() ? bundle.whole("hearth-start-order") : 0;
    need(TARGET.matcher(target).matches() && !target.contains(".."), "a target's name of " + id[1]);
    need(SHA256.matcher(sha256).matches(), "the hash of " + id[1]);
    need(order >= 0 && order <= 1000, "the start order of " + id[1] + " is not 0…1000");
    Map<String, String> headers = new LinkedHashMap<>();
    JsonObject manifest = bundle.object("hearth-manifest");
    for (String header : manifest.members().keySet()) {
      need(HEADERS.contains(header), "a header of " + id[1] + " that no release repeats");
      headers.put(header, manifest.text(header));
    }
    String symbolicName = headers.getOrDefault("Bundle-SymbolicName", "").split(";", 2)[0].trim();
    need(symbolicName.equals(id[1]), "the manifest of " + id[1] + " is another bundle's");
    need(headers.getOrDefault("Bundle-Version", "").equals(id[2]), "the version of " + id[1]);
    return new ReleaseBundle(id[1], id[2], target, sha256, (int) order, headers);
  }

  private static String[] id(String id) throws ReleaseException {
    String[] parts = id.split(":", -1);
    boolean good = parts.length == 3 && parts[0].equals(GROUP);
    need(
        good && NAME.matcher(parts[1]).matches() && NAME.matcher(parts[2]).matches(),
        "an id that is not " + GROUP + ":NAME:VERSION");
    return parts;
  }

  private static void need(boolean good, String what) throws ReleaseException {
    if (!good) {
      throw new ReleaseException("the release has " + what);
    }
  }

  /** Whether a box of that model may run it. */
  public boolean fits(String model) {
    return models.contains("*") || models.contains(model);
  }
}
