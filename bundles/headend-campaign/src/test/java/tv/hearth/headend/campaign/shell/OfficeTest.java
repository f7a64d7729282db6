package tv.hearth.headend.campaign.shell;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.health.HealthProbe.State;
import tv.hearth.api.operator.OperatorPages;
import tv.hearth.headend.campaign.service.CampaignPages;
import tv.hearth.headend.campaign.shelf.Expiry;

/** A headend whose campaigns can't be opened says so to whoever asks. */
class OfficeTest {
  private static final Expiry EXPIRY = new Expiry(Duration.ofDays(3), Duration.ofDays(30));
  private static final long NEVER = 3_600_000;
  @TempDir Path temp;

  @Test
  void aFileThatANewerReleaseShutIsToldByPagesAndHealth() throws Exception {
    Path file = temp.resolve("campaign.db");
    try (Connection raw = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
        Statement statement = raw.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    try (Office office = Office.open(temp, NEVER, EXPIRY)) {
      OperatorPages.Answer answer = office.pages().answer("GET", CampaignPages.BASE, new byte[0]);
      assertEquals("503 SHUT", answer.status() + " " + answer.problem());
      assertTrue(answer.body().contains("its schema is 99"), answer.body());
      Health health = office.health();
      assertEquals(State.FAILED, health.state());
      assertTrue(health.reason().contains("install the release that wrote it"), health.reason());
      assertEquals(List.of(), office.meters());
      assertTrue(office.work().underWay().isPresent(), "it is not known that none is");
      office.with(desk -> assertTrue(false, "there is none"));
    }
  }

  @Test
  void oneThatOpensIsADesk() throws Exception {
    try (Office office = Office.open(temp, NEVER, EXPIRY)) {
      assertEquals(200, office.pages().answer("GET", CampaignPages.BASE, new byte[0]).status());
      assertEquals(Health.OK, office.health());
    }
  }
}
