package tv.hearth.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.JDBC;

/**
 * An SQLite file in WAL mode with one connection that writes and one that reads, so that a reader
 * never waits for a writer's fsync. Page caches are small: 256 KiB each. Thread-safe.
 */
final class Database implements AutoCloseable {
  private final Connection writer;
  private final Connection reader;
  private final ReentrantLock writing = new ReentrantLock();
  private final ReentrantLock reading = new ReentrantLock();

  private Database(Connection writer, Connection reader) {
    this.writer = writer;
    this.reader = reader;
  }

  /** Opens or creates the file; both connections or none. */
  static Database open(Path file) throws SQLException {
    Connection writer = connect(file);
    try {
      return new Database(writer, connect(file));
    } catch (SQLException e) {
      writer.close();
      throw e;
    }
  }

  /** Work on a connection. */
  @FunctionalInterface
  interface Work<T> {
    T on(Connection connection) throws SQLException;
  }

  /** One transaction, on disk when this returns. */
  <T> T write(Work<T> work) throws SQLException {
    return transact(work, "FULL");
  }

  /** One transaction that a power cut may undo (a process's end does not). */
  <T> T writeRelaxed(Work<T> work) throws SQLException {
    return transact(work, "NORMAL");
  }

  /** One transaction that is taken back, whatever it did; to see whether it can be done. */
  <T> T attempt(Work<T> work) throws SQLException {
    writing.lock();
    try {
      run("BEGIN IMMEDIATE");
      try {
        return work.on(writer);
      } finally {
        run("ROLLBACK");
      }
    } finally {
      writing.unlock();
    }
  }

  /** Reads what the last transaction left. */
  <T> T read(Work<T> work) throws SQLException {
    reading.lock();
    try {
      return work.on(reader);
    } finally {
      reading.unlock();
    }
  }

  /** Runs statements outside any transaction. */
  void execute(String... statements) throws SQLException {
    writing.lock();
    try {
      run(statements);
    } finally {
      writing.unlock();
    }
  }

  /** True where SQLite's quick check finds nothing. */
  boolean isSound() throws SQLException {
    return read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet result = statement.executeQuery("PRAGMA quick_check(1)")) {
            return result.next() && "ok".equals(result.getString(1));
          }
        });
  }

  /** The number kept in the file for the version of its schema; 0 in a new one. */
  int version() throws SQLException {
    return read(
        connection -> {
          try (Statement statement = connection.createStatement();
              ResultSet result = statement.executeQuery("PRAGMA user_version")) {
            return result.next() ? result.getInt(1) : 0;
          }
        });
  }

  /** Waits for the transaction that runs, then closes both connections. */
  @Override
  public void close() throws SQLException {
    reading.lock();
    try {
      reader.close();
    } finally {
      reading.unlock();
    }
    writing.lock();
    try {
      writer.close();
    } finally {
      writing.unlock();
    }
  }

  private <T> T transact(Work<T> work, String synchronous) throws SQLException {
    writing.lock();
    try {
      run("PRAGMA synchronous=" + synchronous, "BEGIN IMMEDIATE");
      try {
        T result = work.on(writer);
        run("COMMIT");
        return result;
      } catch (SQLException | RuntimeException | Error e) {
        rollBack(e);
        throw e;
      }
    } finally {
      writing.unlock();
    }
  }

  private void rollBack(Throwable cause) {
    try {
      run("ROLLBACK");
    } catch (SQLException e) {
      cause.addSuppressed(e); // SQLite rolled back by itself already, as it does for a full disk
    }
  }

  private void run(String... statements) throws SQLException {
    try (Statement statement = writer.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static Connection connect(Path file) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("journal_mode", "WAL");
    settings.setProperty("synchronous", "FULL");
    settings.setProperty("busy_timeout", "10000");
    settings.setProperty("cache_size", "-256");
    settings.setProperty("temp_store", "MEMORY");
    settings.setProperty("journal_size_limit", "1048576");
    Connection connection = new JDBC().connect("jdbc:sqlite:" + file, settings);
    forgetDriver();
    return connection;
  }

  /** The driver registers itself with the JVM, which would keep its bundle after an update. */
  private static void forgetDriver() throws SQLException {
    for (var drivers = DriverManager.getDrivers(); drivers.hasMoreElements(); ) {
      var driver = drivers.nextElement();
      if (driver instanceof JDBC) {
        DriverManager.deregisterDriver(driver);
      }
    }
  }
}
