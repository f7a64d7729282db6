package tv.hearth.headend.campaign.shelf;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.operator.PublishedFiles;
import tv.hearth.tuf.client.TufLimits;
import tv.hearth.tuf.json.JsonException;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonParser;
import tv.hearth.tuf.release.ReleaseException;
import tv.hearth.tuf.release.ReleaseFile;
import tv.hearth.tuf.release.Stone;

/**
 * Looks into the repository that this headend serves: which releases are published, and until when
 * boxes take its metadata. Signatures are for the boxes to check; here nothing is run. Thread-safe;
 * each call reads files.
 */
public final class Shelf {
  private static final Logger LOG = System.getLogger(Shelf.class.getName());
  private static final int MOST_RELEASE = 4 << 20;
  private static final int MOST_ROOTS = 10_000;
  private final PublishedFiles files;

  /** Over what is served. */
  public Shelf(PublishedFiles files) {
    this.files = files;
  }

  /** The four roles of The Update Framework. */
  public enum Role {
    /** Keys; offline. */
    ROOT,
    /** What is released; offline. */
    TARGETS,
    /** Versions; by the headend's own key. */
    SNAPSHOT,
    /** The newest snapshot; by the headend's own key. */
    TIMESTAMP;

    /** True where people must come together to sign it. */
    public boolean isOffline() {
      return this == ROOT || this == TARGETS;
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Until when boxes take each role's metadata. */
  public Map<Role, Instant> expiries() throws ShelfException {
    return read(
        "the repository's metadata",
        () -> {
          Map<Role, Instant> all = new EnumMap<>(Role.class);
          all.put(Role.ROOT, expiry(root()));
          JsonObject timestamp = timestamp();
          all.put(Role.TIMESTAMP, expiry(timestamp));
          JsonObject snapshot = snapshot(timestamp);
          all.put(Role.SNAPSHOT, expiry(snapshot));
          all.put(Role.TARGETS, expiry(targets(snapshot)));
          return all;
        });
  }

  /**
   * The SHA-256 of a release as the metadata list it; empty where they list none of that name.
   *
   * @throws ShelfException where the metadata can't be read
   */
  public Optional<String> listed(String target) throws ShelfException {
    return read(
        "the repository's metadata",
        () -> {
          JsonObject listed = targets(snapshot(timestamp())).object("targets");
          return listed.find(target).isEmpty()
              ? Optional.empty()
              : Optional.of(listed.object(target).object("hashes").text("sha256"));
        });
  }

  /** Tells one state of what is published from the next. */
  public String stamp() throws ShelfException {
    return read("the repository's metadata", () -> hash(timestampFile()));
  }

  /** All releases that are listed; those that can't be read now are left out. */
  public List<Stone> stones() throws ShelfException {
    JsonObject listed =
        read("the repository's metadata", () -> targets(snapshot(timestamp())).object("targets"));
    List<Stone> stones = new ArrayList<>();
    for (String target : listed.members().keySet()) {
      if (target.startsWith("release/")) {
        try {
          String sha256 = read(target, () -> listed.object(target).object("hashes").text("sha256"));
          stones.add(Stone.of(target, release(target, sha256)));
        } catch (ShelfException e) {
          LOG.log(Level.WARNING, "{0}: no box is led over it", e.getMessage());
        }
      }
    }
    return stones;
  }

  /**
   * A release that is listed.
   *
   * @throws ShelfException where its file is not there, or not what was signed
   */
  public ReleaseFile release(String target, String sha256) throws ShelfException {
    int slash = target.lastIndexOf('/') + 1;
    String name = "targets/" + target.substring(0, slash) + sha256 + "." + target.substring(slash);
    return read(
        target,
        () -> {
          byte[] file = need(name, MOST_RELEASE);
          if (!hash(file).equals(sha256)) {
            throw new IOException(name + " is not what was signed");
          }
          return ReleaseFile.parse(file);
        });
  }

  private static String hash(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java has no SHA-256", e);
    }
  }

  private JsonObject root() throws IOException, JsonException {
    byte[] newest = need("metadata/1.root.json", TufLimits.standard().root());
    for (int version = 2; version < MOST_ROOTS; version++) {
      Optional<byte[]> next =
          files.read("metadata/" + version + ".root.json", TufLimits.standard().root());
      if (next.isEmpty()) {
        break;
      }
      newest = next.get();
    }
    return signed(newest);
  }

  private JsonObject timestamp() throws IOException, JsonException {
    return signed(timestampFile());
  }

  private byte[] timestampFile() throws IOException {
    return need("metadata/timestamp.json", TufLimits.standard().timestamp());
  }

  private JsonObject snapshot(JsonObject timestamp) throws IOException, JsonException {
    return signed(
        need(
            "metadata/" + version(timestamp, "snapshot.json") + ".snapshot.json",
            TufLimits.standard().snapshot()));
  }

  private JsonObject targets(JsonObject snapshot) throws IOException, JsonException {
    return signed(
        need(
            "metadata/" + version(snapshot, "targets.json") + ".targets.json",
            TufLimits.standard().targets()));
  }

  private static long version(JsonObject of, String file) throws JsonException {
    return of.object("meta").object(file).whole("version");
  }

  private static JsonObject signed(byte[] file) throws JsonException {
    return JsonParser.object(file).object("signed");
  }

  private static Instant expiry(JsonObject signed) throws JsonException {
    return Instant.parse(signed.text("expires"));
  }

  private byte[] need(String name, int limit) throws IOException {
    return files
        .read(name, limit)
        .orElseThrow(
            () -> new IOException("it has no " + name + ": publish it, hearth release publish"));
  }

  private interface Reading<T> {
    T read() throws IOException, JsonException, ReleaseException;
  }

  private static <T> T read(String what, Reading<T> reading) throws ShelfException {
    try {
      return reading.read();
    } catch (IOException | JsonException | ReleaseException | DateTimeException e) {
      throw new ShelfException(
          what + " can't be read in the repository that this headend serves: " + e.getMessage(), e);
    }
  }
}
