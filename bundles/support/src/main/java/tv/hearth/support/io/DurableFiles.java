package tv.hearth.support.io;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * The one way to write a file that must survive: wholly old or wholly new after a power cut. What
 * is new lies beside what is old and is on the disk before it takes its place; what a power cut
 * leaves ends in {@value #LEFTOVER} and is removed by {@link #removeLeftovers}, or by the next
 * write of the same file. For one writer of a file at a time.
 */
public final class DurableFiles {
  /** The end of the name of a file that is not yet whole. */
  public static final String LEFTOVER = ".tmp";

  private static final Set<PosixFilePermission> OWNER_FILE =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> PUBLIC_FILE =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private DurableFiles() {}

  /** Puts bytes into a file, for its owner alone: temp, fsync, rename, fsync of the folder. */
  public static void write(Path file, byte[] content) throws IOException {
    replace(file, OWNER_FILE, channel -> writeAll(channel, content));
  }

  /** As {@link #write}, for everybody to read, as what a web server hands out. */
  public static void publish(Path file, byte[] content) throws IOException {
    replace(file, PUBLIC_FILE, channel -> writeAll(channel, content));
  }

  /** A copy of a file, for everybody to read, as durable as {@link #write}. */
  public static void publish(Path file, Path source) throws IOException {
    replace(
        file,
        PUBLIC_FILE,
        channel -> {
          try (FileChannel from = FileChannel.open(source, StandardOpenOption.READ)) {
            for (long at = 0, size = from.size(); at < size; ) {
              at += copied(from.transferTo(at, size - at, channel), source);
            }
          }
        });
  }

  /** Renames a file, in place of any other, after its content is on the disk. */
  public static void move(Path from, Path to) throws IOException {
    try (FileChannel channel = FileChannel.open(from, StandardOpenOption.WRITE)) {
      channel.force(true);
    }
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncFolder(parent(to));
    if (!parent(from).equals(parent(to))) {
      syncFolder(parent(from));
    }
  }

  /** Removes a file so that no power cut brings it back; false where there was none. */
  public static boolean delete(Path file) throws IOException {
    boolean there = Files.deleteIfExists(file);
    if (there) {
      syncFolder(parent(file));
    }
    return there;
  }

  /** Removes what power cuts left in a folder; before anybody writes there. */
  public static void removeLeftovers(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + LEFTOVER)) {
      for (Path file : files) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.delete(file);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  /** Makes what was renamed, created or deleted in a folder durable. */
  public static void syncFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** Creates a folder and its parents, durably, for its owner alone; there already: no effect. */
  public static Path createFolder(Path folder) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path at = folder.toAbsolutePath(); at != null && !Files.isDirectory(at); ) {
      missing.push(at);
      at = at.getParent();
    }
    if (!missing.isEmpty()) {
      Files.createDirectories(folder.toAbsolutePath(), attributes(folder, OWNER_FOLDER));
      for (Path made : missing) {
        syncFolder(parent(made));
      }
    }
    return folder;
  }

  private interface Filler {
    void fill(FileChannel channel) throws IOException;
  }

  private static void replace(Path file, Set<PosixFilePermission> rights, Filler filler)
      throws IOException {
    Path temp = file.resolveSibling(file.getFileName() + LEFTOVER);
    Files.deleteIfExists(temp);
    Files.createFile(temp, attributes(temp, rights));
    boolean moved = false;
    try {
      try (FileChannel channel = FileChannel.open(temp, StandardOpenOption.WRITE)) {
        filler.fill(channel);
        channel.force(true);
      }
      Files.move(temp, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      moved = true;
    } finally {
      if (!moved) {
        Files.deleteIfExists(temp); // on a full disk it would keep the room that is missing
      }
    }
    syncFolder(parent(file));
  }

  private static void writeAll(FileChannel channel, byte[] content) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static long copied(long bytes, Path source) throws IOException {
    if (bytes <= 0) {
      throw new IOException(source + " became shorter while it was copied: leave it alone");
    }
    return bytes;
  }

  private static Path parent(Path path) {
    return path.toAbsolutePath().getParent();
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> rights) {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(rights)}
        : new FileAttribute<?>[0];
  }
}
