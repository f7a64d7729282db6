package tv.hearth.launcher.tuf;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tv.hearth.support.io.DurableFiles;
import tv.hearth.tuf.client.MetadataFetcher;
import tv.hearth.tuf.client.PercentEncoding;
import tv.hearth.tuf.client.TargetDigest;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.client.TufException;

/**
 * Downloaded targets in a folder: a file a name, percent-encoded so that none climbs out; there
 * whole and verified, or not at all.
 */
public final class TargetFolder {
  private static final int LONGEST_NAME = 200;
  private final Path folder;

  /** That folder, which is made where it is missing. */
  public TargetFolder(Path folder) throws IOException {
    this.folder = Files.createDirectories(folder);
  }

  /** Where the target of that name lies, or will. */
  public Path path(String name) {
    String file = PercentEncoding.encode(name);
    if (file.length() > LONGEST_NAME) {
      file = "sha256-" + HexFormat.of().formatHex(sha256(name));
    }
    return folder.resolve(file.equals(".") || file.equals("..") ? file.replace(".", "%2E") : file);
  }

  /** Whether the target is there with the bytes that are signed. */
  public boolean has(TargetFile target) throws IOException, TufException {
    Path path = path(target.name());
    if (!Files.isRegularFile(path) || Files.size(path) != target.length()) {
      return false;
    }
    TargetDigest digest = new TargetDigest(target);
    try (InputStream in = Files.newInputStream(path)) {
      copy(in, OutputStream.nullOutputStream(), digest);
      return true;
    } catch (TufException e) {
      // Damaged or of an older version: to be fetched anew.
      return false;
    }
  }

  /** Fetches the target; what was there under its name stays until all of it is verified. */
  public void fetch(TargetFile target, MetadataFetcher source, boolean consistentSnapshot)
      throws IOException, TufException {
    TargetDigest digest = new TargetDigest(target);
    Path part = Files.createTempFile(folder, ".new-", DurableFiles.LEFTOVER);
    try {
      try (InputStream in = source.open(location(target, consistentSnapshot));
          OutputStream out = Files.newOutputStream(part)) {
        copy(in, out, digest);
      }
      DurableFiles.move(part, path(target.name()));
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** A target's path under the base URL: with its first hash before the file's name, or plain. */
  static String location(TargetFile target, boolean consistentSnapshot) {
    StringBuilder path = new StringBuilder();
    String[] segments = target.name().split("/", -1);
    for (int i = 0; i < segments.length - 1; i++) {
      path.append(PercentEncoding.encode(segments[i])).append('/');
    }
    if (consistentSnapshot) {
      path.append(target.hashes().values().iterator().next()).append('.');
    }
    return path.append(PercentEncoding.encode(segments[segments.length - 1])).toString();
  }

  private static void copy(InputStream in, OutputStream out, TargetDigest digest)
      throws IOException, TufException {
    byte[] buffer = new byte[65_536];
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      digest.update(buffer, 0, read);
      out.write(buffer, 0, read);
    }
    digest.finish();
  }

  private static byte[] sha256(String name) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(name.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256", e);
    }
  }
}
