package tv.hearth.storage;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.value.Bytes;

/**
 * What this release can do with the records' database that it finds, which a newer one may have
 * written. A number alone does not tell: tables that only grew serve an older release as they are.
 * So it tries what it does with them, in a transaction that is rolled back. A newer release whose
 * tables look the same and mean something else names the oldest schema that may use them, in a
 * table {@code format(least)}. Not thread-safe: within the caller's transaction.
 */
final class RecordSchema {
  /** The schema that this release makes. */
  static final int VERSION = 1;

  private static final RecordKey PROBE =
      new RecordKey(RecordKind.ROOT, "a".repeat(32), "tried-and-taken-back");

  private RecordSchema() {}

  /** What can be done with a database. */
  enum Use {
    /** It is empty. */
    NEW,
    /** Read and written. */
    WHOLE,
    /** Read: what it holds counts, and nothing is written that a newer release would mistake. */
    READ_ONLY,
    /** Its tables are not those that this release knows. */
    NONE
  }

  /**
   * Makes the tables.
   *
   * @return always false, as the statement's result
   */
  static boolean create(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : RecordTables.SCHEMA) {
        statement.execute(sql);
      }
      return statement.execute("PRAGMA user_version = " + VERSION);
    }
  }

  /** What can be done with it; changes nothing. */
  static Use use(Database database) throws SQLException {
    int version = database.version();
    if (version <= VERSION) {
      return version == 0 ? Use.NEW : Use.WHOLE;
    }
    if (!database.read(RecordSchema::isReadable)) {
      return Use.NONE;
    }
    boolean foreign = database.read(RecordSchema::least) > VERSION;
    return foreign || !database.attempt(RecordSchema::isWritable) ? Use.READ_ONLY : Use.WHOLE;
  }

  /** The oldest schema whose software may write here; this release's where nothing is said. */
  private static int least(Connection connection) throws SQLException {
    String there = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'format'";
    if (number(connection, there) == 0) {
      return VERSION;
    }
    return number(connection, "SELECT coalesce(max(least), " + VERSION + ") FROM format");
  }

  private static boolean isReadable(Connection connection) throws SQLException {
    try {
      RecordTables.bodies(connection, PROBE);
      RecordTables.sums(connection, PROBE);
      RecordTables.held(connection, PROBE);
      RecordTables.held(connection, PROBE.subject());
      RecordTables.held(connection);
      RecordTables.names(connection, PROBE.path(), PROBE.subject(), "", 1);
      return true;
    } catch (SQLException e) {
      return unless(e);
    }
  }

  private static boolean isWritable(Connection connection) throws SQLException {
    try {
      List<Bytes> bodies = List.of(Bytes.of(new byte[] {1}), Bytes.of(new byte[] {2}));
      RecordTables.Held before = RecordTables.held(connection);
      RecordTables.put(connection, PROBE, bodies, new RecordTables.Held(2, 2));
      boolean written = RecordTables.bodies(connection, PROBE).equals(bodies);
      RecordTables.put(connection, PROBE, List.of(), new RecordTables.Held(-2, -2));
      return written
          && RecordTables.bodies(connection, PROBE).isEmpty()
          && RecordTables.held(connection).equals(before);
    } catch (SQLException e) {
      return unless(e);
    }
  }

  /** False where the tables are not as expected; a disk's trouble says nothing of them. */
  private static boolean unless(SQLException e) throws SQLException {
    if (DiskErrors.isOfTheTables(e)) {
      return false;
    }
    throw e;
  }

  private static int number(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
