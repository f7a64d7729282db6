package tv.hearth.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.text.KeyIds;

/** Records and the sums per subject, as SQL. Within the caller's transaction. */
final class RecordTables {
  /** Kinds are kept by their path, since the order of an enumeration may change. */
  static final String[] SCHEMA = {
    "CREATE TABLE record(kind TEXT NOT NULL, subject TEXT NOT NULL, name TEXT NOT NULL, "
        + "place INTEGER NOT NULL, sum BLOB NOT NULL, body BLOB NOT NULL)",
    "CREATE UNIQUE INDEX record_key ON record(kind, subject, name, place)",
    "CREATE TABLE held(subject TEXT PRIMARY KEY, records INTEGER NOT NULL, "
        + "bytes INTEGER NOT NULL) WITHOUT ROWID"
  };

  private static final String KEY = "kind = ? AND subject = ? AND name = ?";

  private RecordTables() {}

  /** What a subject, or all together, have. */
  record Held(long records, long bytes) {}

  /** The records of a key, in order; broken ones left out. */
  static List<Bytes> bodies(Connection c, RecordKey key) throws SQLException {
    String sql = "SELECT body, sum FROM record WHERE " + KEY + " ORDER BY place";
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      bind(statement, key);
      try (ResultSet rows = statement.executeQuery()) {
        List<Bytes> found = new ArrayList<>();
        while (rows.next()) {
          byte[] body = rows.getBytes(1);
          if (java.util.Arrays.equals(KeyIds.sha256(body), rows.getBytes(2))) {
            found.add(Bytes.of(body));
          }
        }
        return found;
      }
    }
  }

  /** Hashes of a key's records, in order: to compare without reading them. */
  static List<Bytes> sums(Connection c, RecordKey key) throws SQLException {
    String sql = "SELECT sum FROM record WHERE " + KEY + " ORDER BY place";
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      bind(statement, key);
      try (ResultSet rows = statement.executeQuery()) {
        List<Bytes> found = new ArrayList<>();
        while (rows.next()) {
          found.add(Bytes.of(rows.getBytes(1)));
        }
        return found;
      }
    }
  }

  /** Bytes of a key's records. */
  static Held held(Connection c, RecordKey key) throws SQLException {
    String sql = "SELECT count(*), coalesce(sum(length(body)), 0) FROM record WHERE " + KEY;
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      bind(statement, key);
      return held(statement);
    }
  }

  /** What a subject has. */
  static Held held(Connection c, String subject) throws SQLException {
    String sql =
        "SELECT coalesce(sum(records), 0), coalesce(sum(bytes), 0) FROM held WHERE subject = ?";
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      statement.setString(1, subject);
      return held(statement);
    }
  }

  /** What all have together. */
  static Held held(Connection c) throws SQLException {
    String sql = "SELECT coalesce(sum(records), 0), coalesce(sum(bytes), 0) FROM held";
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      return held(statement);
    }
  }

  /** Replaces a key's records and mends the subject's sum by the difference. */
  static void put(Connection c, RecordKey key, List<Bytes> next, Held change) throws SQLException {
    try (PreparedStatement statement = c.prepareStatement("DELETE FROM record WHERE " + KEY)) {
      bind(statement, key);
      statement.executeUpdate();
    }
    try (PreparedStatement statement =
        c.prepareStatement(
            "INSERT INTO record(kind, subject, name, place, sum, body) VALUES(?,?,?,?,?,?)")) {
      for (int place = 0; place < next.size(); place++) {
        byte[] body = next.get(place).toArray();
        bind(statement, key);
        statement.setInt(4, place);
        statement.setBytes(5, KeyIds.sha256(body));
        statement.setBytes(6, body);
        statement.executeUpdate();
      }
    }
    count(c, key.subject(), change);
  }

  private static void count(Connection c, String subject, Held change) throws SQLException {
    try (PreparedStatement statement =
        c.prepareStatement(
            "INSERT INTO held(subject, records, bytes) VALUES(?1, ?2, ?3) ON CONFLICT(subject) DO UPDATE SET "
                + "records = records + ?2, bytes = bytes + ?3")) {
      statement.setString(1, subject);
      statement.setLong(2, change.records());
      statement.setLong(3, change.bytes());
      statement.executeUpdate();
    }
  }

  /** Names of a kind and subject after {@code after}. */
  static List<String> names(Connection c, String path, String subject, String after, int limit)
      throws SQLException {
    String sql =
        "SELECT DISTINCT name FROM record WHERE kind = ? AND subject = ? AND name > ? "
            + "ORDER BY name LIMIT ?";
    try (PreparedStatement statement = c.prepareStatement(sql)) {
      statement.setString(1, path);
      statement.setString(2, subject);
      statement.setString(3, after);
      statement.setInt(4, limit);
      try (ResultSet rows = statement.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return found;
      }
    }
  }

  private static Held held(PreparedStatement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery()) {
      return row.next() ? new Held(row.getLong(1), row.getLong(2)) : new Held(0, 0);
    }
  }

  private static void bind(PreparedStatement statement, RecordKey key) throws SQLException {
    statement.setString(1, key.path());
    statement.setString(2, key.subject());
    statement.setString(3, key.name());
  }
}
