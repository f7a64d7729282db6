package tv.hearth.headend.campaign.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sqlite.JDBC;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.support.sql.BeforeWrite;
import tv.hearth.support.sql.Opener;
import tv.hearth.support.sql.SqlFile;

/** A migration that is cut, or finds no room or a disk that can't be written, at any write. */
class MigrationTest {
  private static final int LEAST_WRITES = 10;
  @TempDir Path temp;
  private Path old;
  private Campaign campaign;

  /** The process ends here. */
  private static final class Cut extends Error {
    private static final long serialVersionUID = 1L;
  }

  /** A file whose connections a test opens. */
  private static final class Opened extends SqlFile {
    Opened(Path file, Opener opener) {
      super(file, Raw.SHUT, opener, BeforeWrite.NOTHING, IllegalStateException::new);
    }
  }

  @BeforeEach
  void fill() throws IOException {
    old = temp.resolve("old.db");
    try (Database database = new Database(old)) {
      CampaignStore store = new CampaignStore(database);
      new SimulatedRun().go(store, 30);
      campaign = store.newest(1).get(0);
    }
  }

  @Test
  void cutAtAnyWriteTheNextStartGoesOn() throws Exception {
    int cut = 0;
    while (true) {
      cut++;
      Path file = Files.createDirectory(temp.resolve("cut-" + cut)).resolve("campaign.db");
      Raw.copy(old, file);
      int at = cut;
      AtomicInteger writes = new AtomicInteger();
      BeforeWrite cutting =
          () -> {
            if (writes.incrementAndGet() == at) {
              throw new Cut();
            }
          };
      try {
        new Database(file, Raw.SHUT, cutting).close();
        break;
      } catch (Cut expected) {
        assertEquals(at, writes.get());
      }
      new Database(file, Raw.SHUT, BeforeWrite.NOTHING).close();
      assertMigrated(file, "cut before write " + at);
    }
    assertTrue(cut > LEAST_WRITES, "only " + cut + " writes");
  }

  private void assertMigrated(Path file, String when) throws Exception {
    assertEquals("4", Raw.text(file, "PRAGMA user_version"), when);
    assertEquals("4", Raw.text(file, "SELECT least FROM format"), when);
    assertEquals("7", Raw.text(file, "SELECT height FROM wave"), when);
    int boxes = campaign.members().size();
    assertEquals(String.valueOf(boxes), Raw.text(file, "SELECT count(why) FROM member"), when);
    Path copy = file.resolveSibling("campaign.db.before-4");
    assertEquals("ok", Raw.text(copy, "PRAGMA integrity_check"), when);
    assertFalse(Files.exists(file.resolveSibling("campaign.db.before-4.part")), when);
  }

  @ParameterizedTest
  @ValueSource(strings = {"database or disk is full", "attempt to write a readonly database"})
  void aDiskThatFailsAtAnyWriteIsNamedAndLeavesAFileThatOpens(String disk) throws Exception {
    int failed = 0;
    while (true) {
      failed++;
      Path file = Files.createDirectory(temp.resolve("full-" + failed)).resolve("campaign.db");
      Raw.copy(old, file);
      int at = failed;
      AtomicInteger writes = new AtomicInteger();
      BeforeWrite failing =
          () -> {
            if (writes.incrementAndGet() >= at) {
              throw new SQLException(disk);
            }
          };
      try {
        new Database(file, Raw.SHUT, failing).close();
        break;
      } catch (CampaignStoreException e) {
        assertTrue(e.getMessage().contains(disk), e.getMessage());
      }
      if (Raw.text(file, "PRAGMA user_version").equals("1")) {
        try (Database database = new Database(file)) {
          assertEquals(campaign, new CampaignStore(database).find(campaign.id()).orElseThrow());
        }
      }
      new Database(file, Raw.SHUT, BeforeWrite.NOTHING).close();
      assertMigrated(file, "failed from write " + at);
    }
    assertTrue(failed > LEAST_WRITES, "only " + failed + " writes");
  }

  @Test
  void aCopyThatCantBeTakenRefusesTheMigrationByName() throws Exception {
    Path inTheWay = Files.createDirectory(temp.resolve("old.db.before-4.part"));
    Files.createFile(inTheWay.resolve("something"));
    CampaignStoreException refused =
        assertThrows(
            CampaignStoreException.class,
            () -> new Database(old, Raw.SHUT, BeforeWrite.NOTHING).close());
    assertTrue(refused.getMessage().contains("old.db.before-4 can't be taken"));
    assertTrue(refused.getMessage().contains("the file is as it was"));
    try (Database database = new Database(old)) {
      assertEquals(campaign, new CampaignStore(database).find(campaign.id()).orElseThrow());
    }
  }

  @Test
  void sqlitesOwnWordForAFullDiskUndoesTheStep() throws Exception {
    int pages = Integer.parseInt(Raw.text(old, "PRAGMA page_count"));
    assertThrows(
        IllegalStateException.class,
        () ->
            new Opened(
                    old,
                    (file, readOnly) -> {
                      Connection connection = open();
                      try (Statement statement = connection.createStatement()) {
                        statement.execute("PRAGMA max_page_count = " + pages);
                      }
                      return connection;
                    })
                .close());
    assertOld();
  }

  @Test
  void aFileThatCantBeWrittenIsNotMigrated() throws Exception {
    assertThrows(
        IllegalStateException.class,
        () ->
            new Opened(
                    old,
                    (file, readOnly) -> {
                      Connection connection = open();
                      try (Statement statement = connection.createStatement()) {
                        statement.execute("PRAGMA query_only = 1");
                      }
                      return connection;
                    })
                .close());
    assertOld();
  }

  private Connection open() throws SQLException {
    return new JDBC().connect("jdbc:sqlite:" + old, new Properties());
  }

  private void assertOld() throws Exception {
    assertEquals("1", Raw.text(old, "PRAGMA user_version"));
    try (Database database = new Database(old)) {
      assertEquals(campaign, new CampaignStore(database).find(campaign.id()).orElseThrow());
    }
    assertEquals(
        List.of(),
        Raw.text(old, "SELECT name FROM sqlite_master WHERE name = 'wave'").lines().toList());
  }
}
