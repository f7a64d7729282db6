package tv.hearth.launcher.fetch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.problem.FileProblem;

/**
 * A file that is whole or not there: bytes go into a hidden one beside it, named after the version,
 * so that a later try goes on where this one ended; it takes the file's place when all are here.
 */
final class FileSink implements Sink, AutoCloseable {
  private static final String PREFIX = ".hearth-";
  private static final String SUFFIX = ".part";
  private static final int HASH_BYTES = 6;

  private final Path target;
  private Path part;
  private FileChannel channel;

  FileSink(Path target) {
    this.target = target;
  }

  @Override
  public long begin(String tag) {
    try {
      if (channel != null) {
        channel.truncate(0);
        close();
      }
      open(tag);
      if (tag.isEmpty()) {
        channel.truncate(0);
      }
      channel.position(channel.size());
      return channel.size();
    } catch (IOException e) {
      throw problem(e);
    }
  }

  private void open(String tag) throws IOException {
    String mine = PREFIX + hash(target.getFileName().toString()) + "-";
    part = target.resolveSibling(mine + hash(tag) + SUFFIX);
    clear(mine);
    channel =
        FileChannel.open(
            part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    if (!isAlone()) {
      close();
      throw new LauncherException(
          "another 'hearth get' is writing " + target + ": wait for it, or write to another file");
    }
  }

  /** Deletes what is left of other versions. */
  private void clear(String mine) throws IOException {
    try (DirectoryStream<Path> others =
        Files.newDirectoryStream(target.getParent(), mine + "*" + SUFFIX)) {
      for (Path other : others) {
        if (!other.equals(part)) {
          Files.delete(other);
        }
      }
    }
  }

  private boolean isAlone() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void restart() {
    try {
      channel.truncate(0);
    } catch (IOException e) {
      throw problem(e);
    }
  }

  @Override
  public void write(byte[] bytes, int length) {
    ByteBuffer all = ByteBuffer.wrap(bytes, 0, length);
    try {
      while (all.hasRemaining()) {
        channel.write(all);
      }
    } catch (IOException e) {
      throw problem(e);
    }
  }

  @Override
  public void finish() {
    try {
      channel.force(true);
      if (Files.exists(target)) {
        Files.setPosixFilePermissions(part, Files.getPosixFilePermissions(target));
      }
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      close();
    } catch (IOException e) {
      throw problem(e);
    }
  }

  /** A channel's exceptions don't name their file. */
  private LauncherException problem(IOException problem) {
    String said = FileProblem.words(problem);
    String where = said.contains("/") ? said : part + ": " + said;
    return new LauncherException(
        "can't write to "
            + where
            + ". What came stays beside "
            + target
            + ": once it can be written, get it again, which goes on from there",
        problem);
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
      channel = null;
    }
  }

  private static String hash(String text) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest, 0, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
