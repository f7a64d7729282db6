package tv.hearth.support.sql;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * One SQLite file with write-ahead log, synced at every commit: what was answered is on disk.
 * Thread-safe by one lock.
 */
public class SqlFile implements AutoCloseable {
  private final BeforeWrite beforeWrite;
  private final Function<SQLException, RuntimeException> wrong;
  private final Connection connection;
  private int depth;

  /**
   * Opens or creates a file and brings its schema up to date.
   *
   * @param opener of its connections
   * @param beforeWrite called before each change and each commit
   * @param wrong what is thrown for what SQLite throws: it names the file and the remedy
   */
  protected SqlFile(
      Path file,
      Schema schema,
      Opener opener,
      BeforeWrite beforeWrite,
      Function<SQLException, RuntimeException> wrong) {
    this.beforeWrite = beforeWrite;
    this.wrong = wrong;
    Upgrade upgrade = new Upgrade(file, schema, opener, beforeWrite);
    try {
      upgrade.check();
      connection = opener.open(file, false);
      prepare(upgrade);
    } catch (SQLException e) {
      throw wrong.apply(e);
    }
  }

  private void prepare(Upgrade upgrade) throws SQLException {
    boolean done = false;
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA journal_mode = WAL");
        statement.execute("PRAGMA synchronous = FULL");
        statement.execute("PRAGMA busy_timeout = 5000");
      }
      upgrade.run(connection);
      done = true;
    } finally {
      if (!done) {
        connection.close();
      }
    }
  }

  /** Rows of a query. */
  public final synchronized <T> List<T> query(String sql, RowReader<T> reader, Object... values) {
    try (PreparedStatement statement = prepared(sql, values);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(reader.read(rows));
      }
      return found;
    } catch (SQLException e) {
      throw wrong.apply(e);
    }
  }

  /** The first column of the first row, a number; 0 where there is none. */
  public final long number(String sql, Object... values) {
    List<Long> found = query(sql, row -> row.getLong(1), values);
    return found.isEmpty() ? 0 : found.get(0);
  }

  /** Changes rows; durable when the transaction around it, or this call, returns. */
  public final synchronized int update(String sql, Object... values) {
    return transaction(
        () -> {
          try {
            beforeWrite.run();
            try (PreparedStatement statement = prepared(sql, values)) {
              return statement.executeUpdate();
            }
          } catch (SQLException e) {
            throw wrong.apply(e);
          }
        });
  }

  /** Runs {@code work} wholly or not at all; may be nested. */
  public final synchronized <T, X extends Exception> T transaction(Work<T, X> work) throws X {
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
      throw wrong.apply(e);
    }
  }

  private PreparedStatement prepared(String sql, Object... values) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  @Override
  public final synchronized void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw wrong.apply(e);
    }
  }

  /** Reads a row. */
  @FunctionalInterface
  public interface RowReader<T> {
    /** The row that the cursor is at. */
    T read(ResultSet row) throws SQLException;
  }

  /** What is done wholly or not at all. */
  @FunctionalInterface
  public interface Work<T, X extends Exception> {
    /** Does it; what it throws undoes all. */
    T run() throws X;
  }
}
