package tv.hearth.launcher.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.ui.Progress;
import tv.hearth.launcher.ui.Words;
import tv.hearth.support.problem.FileProblem;

/**
 * What has no length before its end: standard input or a pipe. An object's length is sealed with
 * it, so the stream is written to a file first, for its owner alone, deleted when this is closed.
 */
final class StreamSource implements AutoCloseable {
  private static final Set<String> STANDARD_INPUT =
      Set.of("-", "/dev/stdin", "/dev/fd/0", "/proc/self/fd/0");
  private static final Set<PosixFilePermission> OWNER =
      PosixFilePermissions.fromString("rw-------");
  private static final int TYPE = 0170000;
  private static final int CHARACTERS = 0020000;
  private static final int BLOCKS = 0060000;
  private static final int BUFFER = 64 << 10;
  private final String source;
  private final InputStream in;
  private final long most;
  private Path spool;

  StreamSource(String source, InputStream in, long most) {
    this.source = source;
    this.in = in;
    this.most = most;
  }

  /**
   * The stream that {@code source} means; null for a file or a folder.
   *
   * @throws LauncherException for a device, which may have no end and no content
   */
  static StreamSource of(String source, long most) throws IOException {
    if (STANDARD_INPUT.contains(source)) {
      return new StreamSource("standard input", System.in, most);
    }
    Path path = Path.of(source);
    if (!Files.exists(path) || Files.isRegularFile(path) || Files.isDirectory(path)) {
      return null;
    }
    int type = (Integer) Files.getAttribute(path, "unix:mode") & TYPE;
    if (type == CHARACTERS || type == BLOCKS) {
      throw new LauncherException(
          source + " is a device: pipe what is wanted of it, e.g. head -c 1G | hearth put -");
    }
    return new StreamSource(source, Files.newInputStream(path), most);
  }

  /** {@code 500M} in bytes. */
  static long size(String text) {
    if (!text.matches("[0-9]{1,9}[kMGT]?")) {
      throw new LauncherException("--most takes a size such as 500M or 64G, not " + text);
    }
    String digits = text.replaceAll("[kMGT]", "");
    int power = "kMGT".indexOf(text.charAt(text.length() - 1)) + 1;
    return Long.parseLong(digits) * (long) Math.pow(1000, power);
  }

  /** Reads it to its end into a file of its own in {@code folder}. */
  Path spool(Path folder, Progress progress) {
    try {
      spool =
          Files.createTempFile(
              folder, "stream-", ".part", PosixFilePermissions.asFileAttribute(OWNER));
    } catch (IOException e) {
      throw new LauncherException("can't keep the stream in " + FileProblem.words(e), e);
    }
    spool.toFile().deleteOnExit();
    progress.begin("reading " + source, most);
    try (OutputStream out = Files.newOutputStream(spool)) {
      copy(out, progress);
    } catch (IOException e) {
      throw new LauncherException(
          "can't keep the stream in "
              + spool
              + ": "
              + FileProblem.words(e)
              + ". An object's length must be known before it is stored: make room, or put a file",
          e);
    } finally {
      progress.end();
    }
    return spool;
  }

  private void copy(OutputStream out, Progress progress) throws IOException {
    byte[] buffer = new byte[BUFFER];
    long done = 0;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      done += read;
      if (done > most) {
        throw new LauncherException(
            source
                + " gave more than "
                + Words.bytes(most)
                + ": nothing is stored; if it has an end, raise the limit by --most");
      }
      out.write(buffer, 0, read);
      progress.at(done);
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
    if (spool != null) {
      Files.deleteIfExists(spool);
    }
  }
}
