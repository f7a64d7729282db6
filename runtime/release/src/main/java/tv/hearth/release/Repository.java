package tv.hearth.release;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonValue;
import tv.hearth.tuf.release.ReleaseException;
import tv.hearth.tuf.release.ReleaseFile;

/**
 * An operator's repository of releases as a folder that any web server can serve: {@code metadata/}
 * and {@code targets/} as boxes see them, with consistent snapshots, and {@code staged/}, which
 * holds what still lacks signatures and is not to be served. One process at a time.
 */
public final class Repository {
  /** The version of The Update Framework's specification that is followed. */
  public static final String SPECIFICATION = "1.0.31";

  private final Path metadata;
  private final Path targets;
  private final Path staged;

  /** In that folder, which is made where it is missing. */
  public Repository(Path folder) throws IOException {
    this.metadata = Files.createDirectories(folder.resolve("metadata"));
    this.targets = Files.createDirectories(folder.resolve("targets"));
    this.staged = Files.createDirectories(folder.resolve("staged"));
    DurableFiles.removeLeftovers(metadata);
    DurableFiles.removeLeftovers(staged);
  }

  /** The newest published root; empty before the first. */
  public Optional<SignedFile> root() throws IOException, ReleaseToolException {
    return newest("root");
  }

  /** The newest published targets; empty before the first release. */
  public Optional<SignedFile> targets() throws IOException, ReleaseToolException {
    return newest("targets");
  }

  /** The largest counter of the releases that are published; 0 where there is none. */
  public long largestCounter() throws IOException, ReleaseToolException {
    long largest = 0;
    Optional<SignedFile> published = targets();
    if (published.isPresent()) {
      JsonObject all = listed(published.get());
      for (String name : all.members().keySet()) {
        if (name.startsWith("release/")) {
          largest = Math.max(largest, counter(name, all));
        }
      }
    }
    return largest;
  }

  private long counter(String name, JsonObject all) throws IOException, ReleaseToolException {
    try {
      String sha256 = all.object(name).object("hashes").text("sha256");
      return ReleaseFile.parse(Files.readAllBytes(targetFile(name, sha256))).counter();
    } catch (JsonException | ReleaseException e) {
      throw new ReleaseToolException(name + " is published and no release", e);
    }
  }

  /** The SHA-256 that a target is published with; empty where none of that name is. */
  Optional<String> published(String name) throws IOException, ReleaseToolException {
    Optional<SignedFile> published = targets();
    return published.isEmpty()
        ? Optional.empty()
        : PublishedNames.sha256(listed(published.get()).members(), name);
  }

  /** Where files of releases wait for the targets' signatures, then lie. */
  Path targetFile(String name, String sha256) {
    int slash = name.lastIndexOf('/') + 1;
    return targets.resolve(name.substring(0, slash) + sha256 + "." + name.substring(slash));
  }

  /** Stages a new root, for its keys and those of the root before to sign. */
  public Path stageRoot(Roles roles, Instant expires) throws IOException, ReleaseToolException {
    Optional<SignedFile> before = root();
    long version = before.isPresent() ? before.get().version() + 1 : 1;
    return stage("root", version, roles.toRoot(version, time(expires)));
  }

  /** The root that targets will be signed under: staged or published. */
  public SignedFile needRoot() throws IOException, ReleaseToolException {
    Optional<SignedFile> root = staged("root");
    return root.isPresent()
        ? root.get()
        : root()
            .orElseThrow(
                () ->
                    new ReleaseToolException(
                        "the repository has no root yet: hearth release rotate, then sign it"));
  }

  /**
   * Stages targets that list these beside those that are published.
   *
   * @throws ReleaseToolException where one is published already with other bytes
   */
  public Path stageTargets(Map<String, JsonObject> more, Instant expires)
      throws IOException, ReleaseToolException {
    Optional<SignedFile> before = targets();
    Map<String, JsonValue> all = new LinkedHashMap<>();
    before.ifPresent(file -> all.putAll(listed(file).members()));
    PublishedNames.check(all, more);
    all.putAll(more);
    long version = before.isPresent() ? before.get().version() + 1 : 1;
    JsonObject body =
        Json.object(
            "_type",
            "targets",
            "spec_version",
            SPECIFICATION,
            "version",
            version,
            "expires",
            time(expires),
            "targets",
            new JsonObject(all));
    return stage("targets", version, body);
  }

  private Path stage(String role, long version, JsonObject body) throws IOException {
    Path path = staged.resolve(version + "." + role + ".json");
    DurableFiles.publish(path, SignedFile.unsigned(body).encode());
    return path;
  }

  /** Adds a signature to a staged file; any folder will do, as on a machine without a network. */
  public static SignedFile sign(Path file, SigningKey key)
      throws IOException, ReleaseToolException {
    SignedFile signed = SignedFile.read(file).sign(key);
    DurableFiles.publish(file, signed.encode());
    return signed;
  }

  /**
   * Publishes what is staged and has its signatures, then a new snapshot and timestamp by the
   * online key. The timestamp comes last: until then boxes see what was there before.
   *
   * @return what was published
   * @throws ReleaseToolException where signatures are missing; nothing is published then
   */
  public Published publish(
      SigningKey online, Instant now, Duration snapshotLife, Duration timestampLife)
      throws IOException, ReleaseToolException {
    Optional<SignedFile> newRoot = staged("root", root());
    Optional<SignedFile> newTargets = staged("targets", targets());
    if (newRoot.isPresent()) {
      checkRoot(newRoot.get());
    }
    Optional<SignedFile> published = targets();
    if (newTargets.isPresent() && published.isPresent()) {
      Map<String, JsonValue> next = listed(newTargets.get()).members();
      PublishedNames.check(listed(published.get()).members(), next);
      PublishedNames.checkKept(listed(published.get()).members(), next);
    }
    SignedFile root = needRoot();
    SignedFile listed = newTargets.isPresent() ? newTargets.get() : needTargets();
    need(listed, root, "targets", "targets.json");
    if (newRoot.isPresent()) {
      move("root", newRoot.get());
    }
    if (newTargets.isPresent()) {
      move("targets", newTargets.get());
    }
    long snapshot =
        current(listed, root, now.plus(timestampLife))
            ? newest("snapshot").orElseThrow().version()
            : snapshot(listed, root, online, now.plus(snapshotLife));
    timestamp(snapshot, root, online, now.plus(timestampLife));
    return new Published(root.version(), listed.version(), snapshot);
  }

  /** Versions that are published. */
  public record Published(long root, long targets, long snapshot) {}

  private void checkRoot(SignedFile next) throws IOException, ReleaseToolException {
    need(next, next, "root", "the new root, by its own keys,");
    Optional<SignedFile> before = root();
    if (before.isPresent()) {
      need(next, before.get(), "root", "the new root, by the keys of the root before,");
    }
  }

  private static void need(SignedFile file, SignedFile root, String role, String what)
      throws ReleaseToolException {
    SignedFile.Count count = file.count(root.signed(), role);
    if (!count.enough()) {
      throw new ReleaseToolException(
          what
              + " has "
              + count.valid()
              + " of the "
              + count.threshold()
              + " signatures it needs: hearth release sign it by more keys of the role");
    }
  }

  /** Whether the snapshot will do as long as the timestamp lasts, so that boxes need no other. */
  private boolean current(SignedFile listed, SignedFile root, Instant until)
      throws IOException, ReleaseToolException {
    Optional<SignedFile> snapshot = newest("snapshot");
    if (snapshot.isEmpty() || !snapshot.get().count(root.signed(), "snapshot").enough()) {
      return false;
    }
    try {
      JsonObject body = snapshot.get().signed();
      long version = body.object("meta").object("targets.json").whole("version");
      return version == listed.version() && Instant.parse(body.text("expires")).isAfter(until);
    } catch (JsonException e) {
      throw new ReleaseToolException("a snapshot that is none: " + e.getMessage(), e);
    }
  }

  private long snapshot(SignedFile listed, SignedFile root, SigningKey online, Instant expires)
      throws IOException, ReleaseToolException {
    Optional<SignedFile> before = newest("snapshot");
    long version = before.isPresent() ? before.get().version() + 1 : 1;
    byte[] bytes = Files.readAllBytes(metadata.resolve(listed.version() + ".targets.json"));
    SignedFile file =
        SignedFile.unsigned(
                Json.object(
                    "_type",
                    "snapshot",
                    "spec_version",
                    SPECIFICATION,
                    "version",
                    version,
                    "expires",
                    time(expires),
                    "meta",
                    Json.object("targets.json", meta(listed.version(), bytes))))
            .sign(online);
    need(file, root, "snapshot", "snapshot.json, by this online key,");
    DurableFiles.publish(metadata.resolve(version + ".snapshot.json"), file.encode());
    return version;
  }

  private void timestamp(long snapshot, SignedFile root, SigningKey online, Instant expires)
      throws IOException, ReleaseToolException {
    Path path = metadata.resolve("timestamp.json");
    long version = Files.exists(path) ? SignedFile.read(path).version() + 1 : 1;
    byte[] bytes = Files.readAllBytes(metadata.resolve(snapshot + ".snapshot.json"));
    SignedFile file =
        SignedFile.unsigned(
                Json.object(
                    "_type",
                    "timestamp",
                    "spec_version",
                    SPECIFICATION,
                    "version",
                    version,
                    "expires",
                    time(expires),
                    "meta",
                    Json.object("snapshot.json", meta(snapshot, bytes))))
            .sign(online);
    need(file, root, "timestamp", "timestamp.json, by this online key,");
    DurableFiles.publish(path, file.encode());
  }

  private static JsonObject meta(long version, byte[] bytes) {
    JsonObject hashes = Json.object("sha256", Hashes.sha256(bytes));
    return Json.object("version", version, "length", bytes.length, "hashes", hashes);
  }

  private SignedFile needTargets() throws IOException, ReleaseToolException {
    return targets()
        .orElseThrow(
            () -> new ReleaseToolException("no release yet: hearth release build, then sign it"));
  }

  private Optional<SignedFile> staged(String role, Optional<SignedFile> before)
      throws IOException, ReleaseToolException {
    long next = before.isPresent() ? before.get().version() + 1 : 1;
    return read(staged.resolve(next + "." + role + ".json"));
  }

  /** What is staged of that role, if anything is. */
  public Optional<SignedFile> staged(String role) throws IOException, ReleaseToolException {
    return staged(role, newest(role));
  }

  private void move(String role, SignedFile file) throws IOException, ReleaseToolException {
    String name = file.version() + "." + role + ".json";
    DurableFiles.move(staged.resolve(name), metadata.resolve(name));
  }

  private Optional<SignedFile> newest(String role) throws IOException, ReleaseToolException {
    String end = "." + role + ".json";
    try (Stream<Path> files = Files.list(metadata)) {
      long version =
          files
              .map(path -> path.getFileName().toString())
              .filter(name -> name.endsWith(end))
              .map(name -> name.substring(0, name.length() - end.length()))
              .filter(number -> number.matches("[1-9][0-9]{0,17}"))
              .mapToLong(Long::parseLong)
              .max()
              .orElse(0);
      return version == 0 ? Optional.empty() : read(metadata.resolve(version + end));
    }
  }

  private static Optional<SignedFile> read(Path path) throws IOException, ReleaseToolException {
    try {
      return Optional.of(SignedFile.read(path));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  private static JsonObject listed(SignedFile targets) {
    try {
      return targets.signed().object("targets");
    } catch (JsonException e) {
      throw new IllegalStateException("published targets without targets", e);
    }
  }

  private static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
