package tv.hearth.headend.registry.store;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, and how an older file becomes a present one. */
final class Schema {
  static final int VERSION = 1;

  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE box (id TEXT PRIMARY KEY, signing BLOB NOT NULL UNIQUE,"
              + " exchange BLOB NOT NULL, household BLOB NOT NULL, owner TEXT NOT NULL,"
              + " model TEXT NOT NULL, location TEXT NOT NULL, weight INTEGER NOT NULL,"
              + " state TEXT NOT NULL, sequence INTEGER NOT NULL, endpoints BLOB NOT NULL,"
              + " enrolled INTEGER NOT NULL, seen INTEGER NOT NULL, online INTEGER NOT NULL)"
              + " WITHOUT ROWID",
          "CREATE INDEX box_owner ON box (owner)",
          "CREATE TABLE claim (id TEXT PRIMARY KEY, box TEXT NOT NULL, used INTEGER NOT NULL)"
              + " WITHOUT ROWID",
          "CREATE TABLE certificate (serial TEXT PRIMARY KEY, box TEXT NOT NULL,"
              + " kind TEXT NOT NULL, issued INTEGER NOT NULL, expires INTEGER NOT NULL)"
              + " WITHOUT ROWID",
          "CREATE INDEX certificate_expires ON certificate (expires)",
          "CREATE TABLE map (one INTEGER PRIMARY KEY CHECK (one = 1), epoch INTEGER NOT NULL,"
              + " version INTEGER NOT NULL, signed BLOB NOT NULL)",
          "CREATE TABLE record (kind TEXT NOT NULL, owner TEXT NOT NULL, name TEXT NOT NULL,"
              + " revision INTEGER NOT NULL, hash BLOB NOT NULL, record BLOB NOT NULL,"
              + " box TEXT NOT NULL, seen INTEGER NOT NULL, PRIMARY KEY (kind, owner, name))"
              + " WITHOUT ROWID",
          "CREATE INDEX record_owner ON record (owner)");

  /**
   * Came later: why a box is no member, and since when. The version stays, for software that does
   * not know these columns leaves them as they are.
   */
  private static final List<String> DEPARTURES =
      List.of(
          "ALTER TABLE box ADD COLUMN departure TEXT NOT NULL DEFAULT 'MEMBER'",
          "ALTER TABLE box ADD COLUMN departed INTEGER NOT NULL DEFAULT 0");

  private Schema() {}

  static void update(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      int found = version(statement);
      if (found > VERSION) {
        throw new SQLException(
            "its schema is " + found + ", this software knows " + VERSION + ": update it");
      }
      if (found == 0) {
        execute(statement, TABLES);
        statement.execute("PRAGMA user_version = " + VERSION);
      }
      if (!hasColumn(statement, "departed")) {
        execute(statement, DEPARTURES);
      }
    }
  }

  private static boolean hasColumn(Statement statement, String name) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA table_info(box)")) {
      boolean found = false;
      while (row.next()) {
        found |= row.getString("name").equals(name);
      }
      return found;
    }
  }

  private static void execute(Statement statement, List<String> steps) throws SQLException {
    for (String step : steps) {
      statement.execute(step);
    }
  }

  private static int version(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
