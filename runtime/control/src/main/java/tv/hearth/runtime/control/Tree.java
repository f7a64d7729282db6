package tv.hearth.runtime.control;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What a file or folder has to store, and what of it can't be: symbolic links, which could lead
 * anywhere, pipes, sockets and devices, which have no bytes of their own, and folders without any
 * file, for which an object has no place.
 */
final class Tree {
  private static final char LOST = '\uFFFD';

  private final Path root;
  private final boolean folder;
  private final TreeMap<Path, FileStamp> files = new TreeMap<>();
  private final List<LeftOut> leftOut = new ArrayList<>();

  /**
   * What is not stored.
   *
   * @param path in the folder
   * @param what it is: {@code link}, {@code special}, {@code empty folder}
   */
  record LeftOut(String path, String what) {}

  /** Looks at {@code given}, which itself may be a link. */
  Tree(Path given) throws IOException {
    root = given.toRealPath();
    folder = Files.isDirectory(root);
    if (folder) {
      Files.walkFileTree(root, new Visitor());
    } else if (Files.isRegularFile(root)) {
      files.put(root, FileStamp.of(root));
    } else {
      throw new IOException(
          given + " is neither a file nor a folder: a stream is stored by 'hearth put -'");
    }
    if (files.isEmpty()) {
      throw new IOException("no files in " + given);
    }
  }

  boolean isFolder() {
    return folder;
  }

  /** The files in order of path, as they were when this was made. */
  List<Path> files() {
    return List.copyOf(files.keySet());
  }

  FileStamp stamp(Path file) {
    return files.get(file);
  }

  List<LeftOut> leftOut() {
    return List.copyOf(leftOut);
  }

  /** The name that a file has in the folder; of a single file its own. */
  String name(Path file) throws IOException {
    String name = folder ? root.relativize(file).toString() : file.getFileName().toString();
    if (folder && name.indexOf(LOST) >= 0) {
      throw new IOException(
          "the name of "
              + file
              + " is no UTF-8 and can't be kept: rename it (Debian: convmv -f latin1 -t utf8)");
    }
    return name;
  }

  /**
   * Throws where a file is not what it was any more.
   *
   * @throws IOException names the first one
   */
  void requireSame() throws IOException {
    for (Path file : files.keySet()) {
      if (!FileStamp.of(file).equals(stamp(file))) {
        throw changed(file);
      }
    }
  }

  static IOException changed(Path file) {
    return new IOException(
        file + " changed while it was read: put it again when nothing writes to it");
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (attributes.isRegularFile()) {
        files.put(path, FileStamp.of(attributes));
      } else {
        leaveOut(path, attributes.isSymbolicLink() ? "link" : "special");
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path path, IOException problem) throws IOException {
      if (problem != null) {
        throw problem;
      }
      try (var inside = Files.newDirectoryStream(path)) {
        if (!inside.iterator().hasNext() && !path.equals(root)) {
          leaveOut(path, "empty folder");
        }
      }
      return FileVisitResult.CONTINUE;
    }

    private void leaveOut(Path path, String what) {
      leftOut.add(new LeftOut(root.relativize(path).toString(), what));
    }
  }
}
