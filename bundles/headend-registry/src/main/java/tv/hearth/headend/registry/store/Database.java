package tv.hearth.headend.registry.store;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import org.sqlite.JDBC;

/**
 * One SQLite file with write-ahead log, synced at every commit: what enrolment answered is on disk.
 * Thread-safe by one lock.
 */
public final class Database implements AutoCloseable {
  private final Path file;
  private final Connection connection;
  private int depth;

  /** Opens or creates a file and brings its schema up to date. */
  public Database(Path file) {
    this.file = file;
    try {
      connection = new JDBC().connect("jdbc:sqlite:" + file.toAbsolutePath(), new Properties());
      forgetDriver();
      prepare();
    } catch (SQLException e) {
      throw wrong(e);
    }
  }

  /** The driver registers itself for the whole JVM; nobody looks it up there. */
  private static void forgetDriver() throws SQLException {
    for (Driver driver : Collections.list(DriverManager.getDrivers())) {
      if (driver instanceof JDBC) {
        DriverManager.deregisterDriver(driver);
      }
    }
  }

  private void prepare() throws SQLException {
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = FULL");
        statement.execute("PRAGMA busy_timeout = 5000");
      }
      connection.setAutoCommit(false);
      Schema.update(connection);
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /** Rows of a query. */
  synchronized <T> List<T> query(String sql, RowReader<T> reader, Object... values) {
    try (PreparedStatement statement = prepared(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw wrong(e);
    }
  }

  /** The first column of the first row, a number; 0 where there is none. */
  long number(String sql, Object... values) {
    List<Long> found = query(sql, row -> row.getLong(1), values);
    return found.isEmpty() ? 0 : found.get(0);
  }

  /** Changes rows; durable when the transaction around it, or this call, returns. */
  synchronized int update(String sql, Object... values) {
    return transaction(
        () -> {
          try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
          } catch (SQLException e) {
            throw wrong(e);
          }
        });
  }

  /** Runs {@code work} wholly or not at all; may be nested. */
  public synchronized <T, X extends Exception> T transaction(Work<T, X> work) throws X {
    depth++;
    boolean done = false;
    try {
      T result = work.run();
      done = true;
      return result;
    } finally {
      depth--;
      finish(done);
    }
  }

  private void finish(boolean done) {
    try {
      if (!done) {
        connection.rollback();
      } else if (depth == 0) {
        connection.commit();
      }
    } catch (SQLException e) {
      throw wrong(e);
    }
  }

  private PreparedStatement prepared(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private RegistryException wrong(SQLException e) {
    return new RegistryException(
        "the registry " + file + " failed (" + e.getMessage() + "): check disk and rights", e);
  }

  @Override
  public synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw wrong(e);
    }
  }

  /** Reads a row. */
  @FunctionalInterface
  interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  /** What is done wholly or not at all. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    /** Does it; what it throws undoes all. */
    T run() throws X;
  }
}
