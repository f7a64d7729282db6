package tv.hearth.headend.campaign.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.campaign.rollout.Campaign;
import tv.hearth.headend.campaign.rollout.Member;
import tv.hearth.support.sql.BeforeWrite;

/** A headend goes forward, and back, and each release opens what the other wrote. */
class OtherReleasesTest {
  @TempDir Path temp;
  private Path file;
  private Campaign campaign;

  @BeforeEach
  void fill() throws IOException {
    file = temp.resolve("campaign.db");
    try (Database database = new Database(file)) {
      CampaignStore store = new CampaignStore(database);
      new SimulatedRun().go(store, 30);
      campaign = store.newest(1).get(0);
    }
  }

  @Test
  void theFirstReleaseOpensWhatThisOneWroteAndThisOneWhatThatWrote() throws Exception {
    assertEquals("1", Raw.text(file, "PRAGMA user_version"), "it refuses every other");
    String box = campaign.members().firstKey();
    Raw.change(
        file,
        "INSERT OR REPLACE INTO member (campaign, box, model, location, stage, state, attempt,"
            + " since, asked, reason) VALUES (1, '"
            + box
            + "', 'm', 'l', 0, 'FAILED', 4, 5, 0, 'so')",
        "INSERT INTO campaign (id, plan, status, stage, soak, started, ended, reason)"
            + " SELECT 9, plan, 'ABORTED', 0, 0, 1, 2, 'old' FROM campaign WHERE id = 1");
    try (Database database = new Database(file)) {
      CampaignStore store = new CampaignStore(database);
      assertEquals(0, store.find(9).orElseThrow().counter());
      Member member = store.find(1).orElseThrow().members().get(box);
      assertEquals("FAILED 0", member.state() + " " + member.refusals());
    }
  }

  @Test
  void aFileThatStoodBetweenTwoReleasesIsTheFirstOnesAgain() throws Exception {
    Raw.change(file, "PRAGMA user_version = 2");
    try (Database database = new Database(file)) {
      assertEquals(campaign, new CampaignStore(database).find(campaign.id()).orElseThrow());
    }
    assertEquals("1", Raw.text(file, "PRAGMA user_version"));
    assertEquals(List.of(), copies(), "nothing was migrated");
  }

  @Test
  void whatALaterReleaseAddedIsOpenedAndKept() throws Exception {
    try (Database later = new Database(file, Raw.OPEN, BeforeWrite.NOTHING)) {
      later.update("UPDATE member SET mood = 'rough'");
    }
    assertEquals("3", Raw.text(file, "PRAGMA user_version"));
    assertEquals(List.of("campaign.db.before-3"), copies());
    try (Database database = new Database(file)) {
      CampaignStore store = new CampaignStore(database);
      assertEquals(campaign, store.find(campaign.id()).orElseThrow());
      new SimulatedRun().go(store, 60);
      assertTrue(store.newest(1).get(0).id() > 0);
    }
    assertEquals("3", Raw.text(file, "PRAGMA user_version"), "it is not this one's to change");
    assertEquals("rough", Raw.text(file, "SELECT DISTINCT mood FROM member"), "kept");
    assertEquals("7", Raw.text(file, "SELECT height FROM wave"));
    new Database(file, Raw.OPEN, BeforeWrite.NOTHING).close();
    assertEquals(1, copies().size(), "nothing to migrate");
  }

  @Test
  void whatItCantOpenIsRefusedBeforeItIsTouchedAndTheCopyIsNamed() throws Exception {
    new Database(file, Raw.SHUT, BeforeWrite.NOTHING).close();
    byte[] before = Files.readAllBytes(file);
    CampaignStoreException refused =
        assertThrows(CampaignStoreException.class, () -> new Database(file));
    String why = refused.getMessage();
    assertTrue(why.contains("its schema is 4, which wants software that knows 4"), why);
    assertTrue(why.contains("this knows 1"), why);
    assertTrue(why.contains("put campaign.db.before-4 in its place"), why);
    assertArrayEquals(before, Files.readAllBytes(file));
    Path copy = temp.resolve("campaign.db.before-4");
    Files.copy(copy, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    for (String end : List.of("-wal", "-shm")) {
      Files.deleteIfExists(Path.of(file + end));
    }
    try (Database database = new Database(file)) {
      assertEquals(campaign, new CampaignStore(database).find(campaign.id()).orElseThrow());
    }
  }

  @Test
  void noLaterStepOpensAFileToOlderSoftwareAgainAndTwoCopiesAreKept() throws Exception {
    new Database(file, Raw.OPEN, BeforeWrite.NOTHING).close();
    new Database(file, Raw.SHUT, BeforeWrite.NOTHING).close();
    new Database(file, Raw.LAST, BeforeWrite.NOTHING).close();
    assertEquals("5", Raw.text(file, "PRAGMA user_version"));
    assertEquals("4", Raw.text(file, "SELECT least FROM format"));
    assertEquals(List.of("campaign.db.before-4", "campaign.db.before-5"), copies());
    assertEquals("3", Raw.text(temp.resolve("campaign.db.before-4"), "PRAGMA user_version"));
    CampaignStoreException refused =
        assertThrows(CampaignStoreException.class, () -> new Database(file));
    assertFalse(refused.getMessage().contains("before-5"), refused.getMessage());
    assertTrue(refused.getMessage().contains("before-4"), refused.getMessage());
  }

  private List<String> copies() throws IOException {
    try (Stream<Path> files = Files.list(temp)) {
      return files
          .map(each -> each.getFileName().toString())
          .filter(name -> name.contains(".before-"))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  @Test
  void aNewFileOfALaterReleaseNeedsNoCopy() throws SQLException, IOException {
    Path other = temp.resolve("other.db");
    new Database(other, Raw.SHUT, BeforeWrite.NOTHING).close();
    assertEquals("4", Raw.text(other, "PRAGMA user_version"));
    assertEquals(List.of(), copies());
  }
}
