package tv.hearth.headend.campaign.store;

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
 * One SQLite file with write-ahead log, synced at every commit: what an operator was answered is on
 * disk. Thread-safe by one lock.
 */
public final class Database implements AutoCloseable {
  static final int VERSION = 2;
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE campaign (id INTEGER PRIMARY KEY, plan TEXT NOT NULL,"
              + " status TEXT NOT NULL, stage INTEGER NOT NULL, soak INTEGER NOT NULL,"
              + " started INTEGER NOT NULL, ended INTEGER NOT NULL, reason TEXT NOT NULL)",
          "CREATE TABLE member (campaign INTEGER NOT NULL, box TEXT NOT NULL, model TEXT NOT NULL,"
              + " location TEXT NOT NULL, stage INTEGER NOT NULL, state TEXT NOT NULL,"
              + " attempt INTEGER NOT NULL, since INTEGER NOT NULL, asked INTEGER NOT NULL,"
              + " reason TEXT NOT NULL, PRIMARY KEY (campaign, box)) WITHOUT ROWID",
          "CREATE TABLE audit (sequence INTEGER PRIMARY KEY AUTOINCREMENT, millis INTEGER NOT NULL,"
              + " who TEXT NOT NULL, campaign INTEGER NOT NULL, what TEXT NOT NULL)",
          "CREATE TRIGGER audit_kept BEFORE UPDATE ON audit BEGIN"
              + " SELECT RAISE(ABORT, 'the audit log is not changed'); END",
          "CREATE TABLE sample (box TEXT NOT NULL, millis INTEGER NOT NULL, errors REAL NOT NULL,"
              + " stalls REAL NOT NULL, uptime REAL NOT NULL, PRIMARY KEY (box, millis))"
              + " WITHOUT ROWID",
          "CREATE INDEX sample_millis ON sample (millis)");

  /** What brings a file of version 1 up to 2. */
  private static final List<String> SECOND =
      List.of(
          "ALTER TABLE member ADD COLUMN refusals INTEGER NOT NULL DEFAULT 0",
          "ALTER TABLE campaign ADD COLUMN counter INTEGER NOT NULL DEFAULT 0");

  private final Path file;
  private final Runnable beforeWrite;
  private final Connection connection;
  private int depth;

  /** Opens or creates a file and brings its schema up to date. */
  public Database(Path file) {
    this(file, () -> {});
  }

  /**
   * As above.
   *
   * @param beforeWrite called before each change and each commit; a test ends the run there
   */
  Database(Path file, Runnable beforeWrite) {
    this.file = file;
    this.beforeWrite = beforeWrite;
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
      schema();
      connection.commit();
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  private void schema() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int found = 0;
      try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
        found = row.next() ? row.getInt(1) : 0;
      }
      if (found > VERSION) {
        throw new SQLException(
            "its schema is " + found + ", this software knows " + VERSION + ": update it");
      }
      for (int version = found; version < VERSION; version++) {
        for (String change : version == 0 ? TABLES : SECOND) {
          statement.execute(change);
        }
      }
      if (found < VERSION) {
        statement.execute("PRAGMA user_version = " + VERSION);
      }
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

  /** Changes rows; durable when the transaction around it, or this call, returns. */
  synchronized int update(String sql, Object... values) {
    return transaction(
        () -> {
          beforeWrite.run();
          try (PreparedStatement statement = prepared(sql, values)) {
            return statement.executeUpdate();
          } catch (SQLException e) {
            throw wrong(e);
          }
        });
  }

  /** Runs {@code work} wholly or not at all; may be nested. */
  synchronized <T> T transaction(Work<T> work) {
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
        beforeWrite.run();
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

  private CampaignStoreException wrong(SQLException e) {
    return new CampaignStoreException(
        "the campaigns' file " + file + " failed (" + e.getMessage() + "): check disk and rights",
        e);
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
  interface Work<T> {
    T run();
  }
}
