package tv.hearth.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The index's database, made anew from the pieces' files wherever it is missing, of another version
 * or broken: at start and, once a call, while running. Thread-safe.
 */
final class IndexFile implements AutoCloseable {
  /** Version of the schema; the index is no truth, so any other is made anew. */
  private static final int VERSION = 1;

  private static final System.Logger LOG = System.getLogger(IndexFile.class.getName());

  private final Path path;
  private final Rebuild rebuild;
  private final AtomicLong rebuilt = new AtomicLong();
  private volatile Database database;
  private boolean closed;

  /** Fills an empty index. */
  interface Rebuild {
    /** How many pieces were found. */
    long into(Database empty) throws SQLException, IOException;
  }

  IndexFile(Path path, Rebuild rebuild) {
    this.path = path;
    this.rebuild = rebuild;
  }

  /**
   * Opens the index.
   *
   * @param doubt whether to check it through, after a start that followed no orderly stop
   */
  synchronized void open(boolean doubt) throws SQLException, IOException {
    try {
      database = Database.open(path);
      if (database.version() == VERSION && (!doubt || database.isSound())) {
        return;
      }
    } catch (SQLException e) {
      if (!DiskErrors.isCorrupt(e)) {
        throw e;
      }
      LOG.log(Level.WARNING, "The index " + path + " can't be read: " + e.getMessage());
    }
    remake();
  }

  /** How often the index was made anew since the start; the first making of all counts too. */
  long rebuilt() {
    return rebuilt.get();
  }

  <T> T read(Database.Work<T> work) throws SQLException {
    return mended(database, at -> at.read(work));
  }

  <T> T write(Database.Work<T> work) throws SQLException {
    return mended(database, at -> at.write(work));
  }

  <T> T writeRelaxed(Database.Work<T> work) throws SQLException {
    return mended(database, at -> at.writeRelaxed(work));
  }

  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    if (database != null) {
      database.close();
    }
  }

  private interface Use<T> {
    T of(Database database) throws SQLException;
  }

  private <T> T mended(Database used, Use<T> use) throws SQLException {
    try {
      return use.of(used);
    } catch (SQLException e) {
      if (!DiskErrors.isCorrupt(e) && used == database) {
        throw e;
      }
      remakeInPlaceOf(used, e);
      return use.of(database);
    }
  }

  private synchronized void remakeInPlaceOf(Database broken, SQLException cause)
      throws SQLException {
    if (closed) {
      throw cause;
    }
    if (broken != database) {
      return; // another caller was faster
    }
    LOG.log(Level.WARNING, "The index " + path + " is broken: " + cause.getMessage());
    try {
      remake();
    } catch (IOException e) {
      cause.addSuppressed(e);
      throw cause;
    }
  }

  private void remake() throws SQLException, IOException {
    if (database != null) {
      database.close();
      database = null;
    }
    for (String end : new String[] {"", "-wal", "-shm"}) {
      Files.deleteIfExists(path.resolveSibling(path.getFileName() + end));
    }
    Database fresh = Database.open(path);
    try {
      fill(fresh);
      database = fresh;
    } finally {
      if (database == null) {
        fresh.close();
      }
    }
  }

  private void fill(Database fresh) throws SQLException, IOException {
    long start = System.nanoTime();
    fresh.execute(
        PieceRow.TABLE,
        "CREATE INDEX piece_lease ON piece(lease)",
        "CREATE INDEX piece_checked ON piece(checked)",
        "CREATE INDEX piece_leaving ON piece(leaving) WHERE leaving = 1");
    long pieces = rebuild.into(fresh);
    // Only a finished index carries its version: a crash before here means: once more.
    fresh.write(
        connection -> {
          try (Statement statement = connection.createStatement()) {
            return statement.execute("PRAGMA user_version = " + VERSION);
          }
        });
    rebuilt.incrementAndGet();
    LOG.log(
        pieces == 0 ? Level.DEBUG : Level.WARNING,
        "Made the index of {0} pieces from their files in {1} ms",
        pieces,
        (System.nanoTime() - start) / 1_000_000);
  }
}
