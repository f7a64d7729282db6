package tv.hearth.support.release;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Jars by their SHA-256. What is read is checked first; what is damaged is thrown away, so that it
 * can be fetched again. Thread-safe as long as callers differ in hashes.
 */
public final class BundleStore {
  private static final String FOLDER = "store";
  private static final String INCOMING = FOLDER + "/incoming";
  private static final String SUFFIX = ".jar";
  private static final Pattern JAR = Pattern.compile("[0-9a-f]{64}\\.jar");
  private static final int BUFFER = 1 << 16;
  private static final String REFERENCE = "reference:";

  private final Disk disk;

  /** Over a disk. */
  public BundleStore(Disk disk) {
    this.disk = disk;
  }

  /** Name of the file in which a payload that is being fetched grows. */
  public static String incoming(String sha256) {
    return INCOMING + "/" + sha256 + ".part";
  }

  /** Takes a fetched file in: checked, synced, then renamed. */
  public void take(String sha256) throws IOException {
    String part = incoming(sha256);
    disk.sync(part);
    String is = hash(disk.open(part));
    if (!is.equals(sha256)) {
      disk.delete(part);
      throw new IOException("a fetched bundle has SHA-256 " + is + ", not " + sha256);
    }
    disk.rename(part, stored(sha256));
    disk.syncFolder(FOLDER);
  }

  /** Copies bytes in; gives their SHA-256. */
  public String copy(InputStream from) throws IOException {
    String temp = INCOMING + "/copy.part";
    MessageDigest digest = Envelope.sha256();
    try (InputStream in = from;
        Disk.Sink sink = disk.create(temp)) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
        sink.write(buffer, 0, n);
      }
      sink.sync();
    }
    String sha256 = HexFormat.of().formatHex(digest.digest());
    disk.rename(temp, stored(sha256));
    disk.syncFolder(FOLDER);
    return sha256;
  }

  /** Whether the jar can be had, whole, from the store or from the firmware. */
  public boolean has(UnitRecord unit) throws IOException {
    return isWhole(unit.sha256()) || isInFirmware(unit);
  }

  /**
   * The jar, checked.
   *
   * @throws NoSuchFileException where it is neither here nor in the firmware
   */
  public InputStream open(UnitRecord unit) throws IOException {
    if (isWhole(unit.sha256())) {
      return disk.open(stored(unit.sha256()));
    } else if (isInFirmware(unit)) {
      return source(unit.source());
    }
    throw new NoSuchFileException(
        unit.symbolicName() + " " + unit.version() + " with SHA-256 " + unit.sha256());
  }

  /** Deletes every jar but those, and whatever was on its way; files of other names stay. */
  public void keepOnly(Set<String> hashes) throws IOException {
    for (String name : disk.names(FOLDER)) {
      if (JAR.matcher(name).matches() && !hashes.contains(name.replace(SUFFIX, ""))) {
        disk.delete(FOLDER + "/" + name);
      }
    }
    for (String name : disk.names(INCOMING)) {
      disk.delete(INCOMING + "/" + name);
    }
  }

  /** SHA-256 of a stream, which is read to its end and closed. */
  public static String hash(InputStream from) throws IOException {
    MessageDigest digest = Envelope.sha256();
    try (InputStream in = from) {
      byte[] buffer = new byte[BUFFER];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        digest.update(buffer, 0, n);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /** What a firmware's location names; only files, for a restart must find them again. */
  public static InputStream source(String location) throws IOException {
    return Files.newInputStream(path(location));
  }

  /**
   * Differs where another file lies at a firmware's location, by its time and length.
   *
   * @return 0 where there is none
   */
  static long stamp(String location) {
    try {
      BasicFileAttributes file = Files.readAttributes(path(location), BasicFileAttributes.class);
      return 31 * file.lastModifiedTime().toMillis() + file.size();
    } catch (IOException none) {
      return 0;
    }
  }

  private static Path path(String location) throws IOException {
    String url = location.startsWith(REFERENCE) ? location.substring(REFERENCE.length()) : location;
    if (!url.startsWith("file:")) {
      throw new NoSuchFileException(location);
    }
    try {
      return Path.of(URI.create(url));
    } catch (IllegalArgumentException e) {
      throw new NoSuchFileException(location, null, e.getMessage());
    }
  }

  private boolean isWhole(String sha256) throws IOException {
    if (disk.size(stored(sha256)) < 0) {
      return false;
    }
    if (hash(disk.open(stored(sha256))).equals(sha256)) {
      return true;
    }
    disk.delete(stored(sha256));
    return false;
  }

  private static boolean isInFirmware(UnitRecord unit) {
    try {
      return !unit.source().isEmpty() && hash(source(unit.source())).equals(unit.sha256());
    } catch (IOException none) {
      return false; // then it is not to be had there, whatever the reason
    }
  }

  /** Name of the file of a jar that is kept. */
  public static String stored(String sha256) {
    return FOLDER + "/" + sha256 + SUFFIX;
  }
}
