package tv.hearth.storage;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The index's database, made anew from the pieces' files wherever it is missing, of another version
 * or broken: at start and, once a call, while running. While there is none, and where its making
 * fails, calls end with {@link NotReadyException}, and it is tried again. Thread-safe.
 */
final class IndexFile implements AutoCloseable {
  /** Version of the schema; the index is no truth, so any other is made anew. */
  private static final int VERSION = 1;

  /** How long a rebuild that failed is left alone: until then callers are told. */
  private static final long RETRY_NANOS = 5_000_000_000L;

  private static final System.Logger LOG = System.getLogger(IndexFile.class.getName());

  private final Path path;
  private final Rebuild rebuild;
  private final AtomicLong rebuilt = new AtomicLong();
  private final ReentrantLock making = new ReentrantLock();
  private volatile Database database;
  private volatile boolean closed;
  private volatile String trouble = "";
  private long triedAt;

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
  void open(boolean doubt) throws SQLException, IOException {
    making.lock();
    try {
      openLocked(doubt);
    } finally {
      making.unlock();
    }
  }

  private void openLocked(boolean doubt) throws SQLException, IOException {
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

  /** Why there is no index now; empty where there is one. */
  String trouble() {
    return trouble;
  }

  <T> T read(Database.Work<T> work) throws SQLException {
    return mended(at -> at.read(work));
  }

  <T> T write(Database.Work<T> work) throws SQLException {
    return mended(at -> at.write(work));
  }

  <T> T writeRelaxed(Database.Work<T> work) throws SQLException {
    return mended(at -> at.writeRelaxed(work));
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    making.lock();
    try {
      if (database != null) {
        database.close();
      }
    } finally {
      making.unlock();
    }
  }

  private interface Use<T> {
    T of(Database database) throws SQLException;
  }

  private <T> T mended(Use<T> use) throws SQLException {
    Database used = database;
    if (used == null) {
      makeAgain(null, null);
      return use.of(ready());
    }
    try {
      return use.of(used);
    } catch (SQLException e) {
      if (!DiskErrors.isCorrupt(e) && used == database) {
        throw e;
      }
      makeAgain(used, e);
      return use.of(ready());
    }
  }

  private Database ready() throws NotReadyException {
    Database now = database;
    if (now == null) {
      throw new NotReadyException(trouble.isEmpty() ? "it is being made anew" : trouble);
    }
    return now;
  }

  /** One caller makes it; the others are told, rather than kept waiting. */
  private void makeAgain(Database broken, SQLException cause) throws SQLException {
    if (!making.tryLock()) {
      return;
    }
    try {
      if (closed || broken != database) {
        return; // another caller was faster
      }
      if (cause != null) {
        LOG.log(Level.WARNING, "The index " + path + " is broken: " + cause.getMessage());
      } else if (System.nanoTime() - triedAt < RETRY_NANOS) {
        return;
      }
      remake();
    } catch (IOException | SQLException e) {
      throw new NotReadyException(trouble, e);
    } finally {
      making.unlock();
    }
  }

  private void remake() throws SQLException, IOException {
    trouble = "it is being made anew from the pieces' files";
    try {
      if (database != null) {
        Database old = database;
        database = null;
        old.close();
      }
      for (String end : new String[] {"", "-wal", "-shm"}) {
        Files.deleteIfExists(path.resolveSibling(path.getFileName() + end));
      }
      Database fresh = Database.open(path);
      try {
        fill(fresh);
        database = fresh;
        trouble = "";
      } finally {
        if (database == null) {
          fresh.close();
        }
      }
    } catch (SQLException | IOException e) {
      trouble = "it could not be made anew (" + e.getMessage() + ") and is tried again";
      throw e;
    } finally {
      triedAt = System.nanoTime();
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

  /** There is no index at the moment. */
  static final class NotReadyException extends SQLException {
    private static final long serialVersionUID = 1L;

    private NotReadyException(String why) {
      super(why);
    }

    private NotReadyException(String why, Exception cause) {
      super(why, cause);
    }
  }
}
