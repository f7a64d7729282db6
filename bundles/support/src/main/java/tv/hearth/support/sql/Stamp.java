package tv.hearth.support.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * What a file says of itself: the version of its schema (SQLite's {@code user_version}), and the
 * lowest version that software must know so as to open it ({@code least} of the table {@code
 * format}; where there is none, its own version).
 */
record Stamp(int version, int least, boolean hasLeast) {
  /** That the first release wrote, which knew of no {@code least}. */
  private static final int FIRST = 1;

  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS format"
          + " (one INTEGER PRIMARY KEY CHECK (one = 1), least INTEGER NOT NULL)";

  /** A file without anything in it. */
  boolean isNew() {
    return version == 0;
  }

  static Stamp of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int version = number(statement, "PRAGMA user_version", 0);
      boolean hasLeast =
          number(statement, "SELECT count(*) FROM sqlite_master WHERE name = 'format'", 0) > 0;
      int least = hasLeast ? number(statement, "SELECT least FROM format", version) : version;
      return new Stamp(version, least, hasLeast);
    }
  }

  /** Within the caller's transaction. */
  static void write(Statement statement, int version, int least) throws SQLException {
    if (version > FIRST) {
      statement.execute(TABLE);
      statement.execute("INSERT OR REPLACE INTO format (one, least) VALUES (1, " + least + ")");
    }
    statement.execute("PRAGMA user_version = " + version);
  }

  private static int number(Statement statement, String sql, int otherwise) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getInt(1) : otherwise;
    }
  }
}
