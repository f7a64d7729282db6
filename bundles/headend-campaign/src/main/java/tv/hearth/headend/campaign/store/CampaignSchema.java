package tv.hearth.headend.campaign.store;

import java.util.List;
import java.util.Map;
import tv.hearth.support.sql.Schema;
import tv.hearth.support.sql.Schema.Column;

/** The tables of campaigns. */
final class CampaignSchema {
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

  private static final List<Column> LATER =
      List.of(
          new Column("member", "refusals", "INTEGER NOT NULL DEFAULT 0"),
          new Column("campaign", "counter", "INTEGER NOT NULL DEFAULT 0"));

  /** 2 is 1 with the later columns, as it stood between two releases; the next version is 3. */
  static final Schema NOW = new Schema(TABLES, LATER, List.of(), Map.of(2, 1));

  private CampaignSchema() {}
}
