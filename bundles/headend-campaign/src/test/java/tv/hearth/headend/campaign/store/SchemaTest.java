package tv.hearth.headend.campaign.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Member;

/** Files of earlier versions open; those of later ones are refused by name. */
class SchemaTest {
  @TempDir Path temp;

  private Path file(String... changes) throws SQLException {
    Path file = temp.resolve("campaign.db");
    try (Connection connection = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
        Statement statement = connection.createStatement()) {
      for (String change : changes) {
        statement.execute(change);
      }
    }
    return file;
  }

  @Test
  void aFileOfVersionOneOpensWithItsCampaigns() throws SQLException {
    Path file =
        file(
            "CREATE TABLE campaign (id INTEGER PRIMARY KEY, plan TEXT NOT NULL,"
                + " status TEXT NOT NULL, stage INTEGER NOT NULL, soak INTEGER NOT NULL,"
                + " started INTEGER NOT NULL, ended INTEGER NOT NULL, reason TEXT NOT NULL)",
            "CREATE TABLE member (campaign INTEGER NOT NULL, box TEXT NOT NULL,"
                + " model TEXT NOT NULL, location TEXT NOT NULL, stage INTEGER NOT NULL,"
                + " state TEXT NOT NULL, attempt INTEGER NOT NULL, since INTEGER NOT NULL,"
                + " asked INTEGER NOT NULL, reason TEXT NOT NULL,"
                + " PRIMARY KEY (campaign, box)) WITHOUT ROWID",
            "CREATE TABLE audit (sequence INTEGER PRIMARY KEY AUTOINCREMENT,"
                + " millis INTEGER NOT NULL, who TEXT NOT NULL, campaign INTEGER NOT NULL,"
                + " what TEXT NOT NULL)",
            "CREATE TABLE sample (box TEXT NOT NULL, millis INTEGER NOT NULL,"
                + " errors REAL NOT NULL, stalls REAL NOT NULL, uptime REAL NOT NULL,"
                + " PRIMARY KEY (box, millis)) WITHOUT ROWID",
            "INSERT INTO campaign VALUES (3, '{\"format\":1,\"kind\":\"UPDATE\","
                + "\"target\":\"release/a/1.json\",\"groups\":[\"percent=100\"],\"stages\":[100],"
                + "\"soakMillis\":1000,\"concurrency\":4,\"patienceMillis\":60000,\"seed\":1,"
                + "\"successPercent\":95,\"factor\":3,\"floor\":60,\"needsTelemetry\":true}',"
                + " 'STOPPED', 0, 0, 10, 20, 'so')",
            "INSERT INTO member VALUES (3, 'b', 'm', 'l', 0, 'WORKING', 1, 12, 11, '')",
            "PRAGMA user_version = 1");
    try (Database database = new Database(file)) {
      CampaignStore store = new CampaignStore(database);
      Campaign campaign = store.find(3).orElseThrow();
      assertEquals(0, campaign.counter());
      Member member = campaign.members().get("b");
      assertEquals(Member.State.WORKING, member.state());
      assertEquals(0, member.refusals());
    }
    try (Database again = new Database(file)) {
      assertEquals(1, new CampaignStore(again).newest(5).size());
    }
  }

  @Test
  void aFileOfALaterVersionIsRefusedByName() throws SQLException {
    Path file = file("PRAGMA user_version = 99");
    CampaignStoreException e =
        assertThrows(CampaignStoreException.class, () -> new Database(file).close());
    assertEquals(true, e.getMessage().contains("99"), e.getMessage());
  }
}
