package tv.hearth.headend.registry.store;

import java.util.List;
import java.util.Map;
import tv.hearth.support.sql.Schema;
import tv.hearth.support.sql.Schema.Column;

/** The tables of the registry. */
final class RegistrySchema {
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

  /** Why a box is no member, and since when. */
  private static final List<Column> LATER =
      List.of(
          new Column("box", "departure", "TEXT NOT NULL DEFAULT 'MEMBER'"),
          new Column("box", "departed", "INTEGER NOT NULL DEFAULT 0"));

  static final Schema NOW = new Schema(TABLES, LATER, List.of(), Map.of());

  private RegistrySchema() {}
}
