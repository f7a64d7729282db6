package tv.hearth.support.sql;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import tv.hearth.support.io.DurableFiles;

/**
 * Copies of a file from before its migrations, beside it: {@code NAME.before-VERSION}, the last
 * two. They are taken from a file in use, whole and durable before anything of it is changed.
 */
final class Copies {
  private static final String BEFORE = ".before-";
  private static final String PART = ".part";
  private static final int KEPT = 2;

  private final Path file;
  private final BeforeWrite beforeWrite;

  Copies(Path file, BeforeWrite beforeWrite) {
    this.file = file.toAbsolutePath();
    this.beforeWrite = beforeWrite;
  }

  /**
   * Takes one.
   *
   * @param version that the file is about to be brought to
   * @throws SQLException where it can't be taken: then there is none, and the file is as it was
   */
  void take(Connection connection, int version) throws SQLException {
    Path copy = file.resolveSibling(file.getFileName() + BEFORE + version);
    Path part = file.resolveSibling(copy.getFileName() + PART);
    try {
      beforeWrite.run();
      Files.deleteIfExists(part);
      try (Statement statement = connection.createStatement()) {
        statement.execute("VACUUM INTO '" + part.toString().replace("'", "''") + "'");
      }
      beforeWrite.run();
      DurableFiles.move(part, copy);
      beforeWrite.run();
      drop(older());
    } catch (IOException | SQLException e) {
      remove(part, e);
      throw new SQLException(
          "it is not brought to schema "
              + version
              + ", for the copy "
              + copy.getFileName()
              + " can't be taken ("
              + e.getMessage()
              + "); the file is as it was: make room of "
              + "the file's size, or give it a disk that can be written",
          e);
    }
  }

  private static void remove(Path part, Exception because) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      because.addSuppressed(e); // the next attempt removes it
    }
  }

  private static void drop(List<Path> files) throws IOException {
    for (Path each : files) {
      DurableFiles.delete(each);
    }
  }

  private List<Path> older() throws IOException {
    List<Path> all = newestFirst();
    return all.subList(Math.min(KEPT, all.size()), all.size());
  }

  /** The newest of which that is true. */
  Optional<Path> newest(Predicate<Path> isFit) {
    try {
      return newestFirst().stream().filter(isFit).findFirst();
    } catch (IOException e) {
      return Optional.empty(); // it is asked for the sake of a message that names the file anyway
    }
  }

  private List<Path> newestFirst() throws IOException {
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(file.getParent(), file.getFileName() + BEFORE + "*")) {
      for (Path each : files) {
        if (number(each) > 0) {
          all.add(each);
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    all.sort(Comparator.comparingInt(this::number).reversed());
    return all;
  }

  /** Of a copy's name; 0 where that is none. */
  private int number(Path copy) {
    String end = copy.getFileName().toString().substring((file.getFileName() + BEFORE).length());
    return end.matches("[0-9]{1,9}") ? Integer.parseInt(end) : 0;
  }
}
