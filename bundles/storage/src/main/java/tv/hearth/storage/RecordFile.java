package tv.hearth.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The records' database. Where it is broken beyond reading it is set aside whole and begun anew:
 * each record is on other boxes too, who bring it back. Thread-safe.
 */
final class RecordFile implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(RecordFile.class.getName());
  private static final int VERSION = 1;

  private final Database database;
  private final boolean lost;

  private RecordFile(Database database, boolean lost) {
    this.database = database;
    this.lost = lost;
  }

  /** Opens or creates it; {@code doubt}: checks it through first. */
  static RecordFile open(Path path, boolean doubt) throws SQLException, IOException {
    try {
      Database database = Database.open(path);
      boolean kept = false;
      try {
        kept = isUsable(path, database, doubt);
      } finally {
        if (!kept) {
          database.close();
        }
      }
      if (kept) {
        return new RecordFile(database, false);
      }
    } catch (SQLException e) {
      if (!DiskErrors.isCorrupt(e)) {
        throw e;
      }
    }
    setAside(path);
    return new RecordFile(create(Database.open(path)), true);
  }

  <T> T read(Database.Work<T> work) throws SQLException {
    return database.read(work);
  }

  <T> T write(Database.Work<T> work) throws SQLException {
    return database.write(work);
  }

  /** True where the records of before were lost at this start. */
  boolean isLost() {
    return lost;
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }

  private static boolean isUsable(Path path, Database database, boolean doubt) throws SQLException {
    int version = database.version();
    if (version == 0) {
      create(database);
      return true;
    }
    if (version != VERSION) {
      throw new SQLException(
          path
              + " is of version "
              + version
              + ", this release knows "
              + VERSION
              + ": install the release that wrote it");
    }
    return !doubt || database.isSound();
  }

  private static Database create(Database database) throws SQLException {
    database.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            for (String sql : RecordTables.SCHEMA) {
              statement.execute(sql);
            }
            return statement.execute("PRAGMA user_version = " + VERSION);
          }
        });
    return database;
  }

  private static void setAside(Path path) throws IOException {
    Path aside = path.resolveSibling(path.getFileName() + ".damaged");
    LOG.log(Level.ERROR, "The records in " + path + " are broken: set aside as " + aside);
    Files.move(path, aside, StandardCopyOption.REPLACE_EXISTING);
    for (String end : new String[] {"-wal", "-shm"}) {
      Files.deleteIfExists(path.resolveSibling(path.getFileName() + end));
    }
  }
}
