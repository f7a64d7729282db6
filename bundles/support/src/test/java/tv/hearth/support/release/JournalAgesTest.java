package tv.hearth.support.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.release.State.Step;

/**
 * After a way back the update agent of before goes on with what the newer one wrote, and the
 * firmware's anchor is as old as the firmware: each reads the other's journal.
 */
class JournalAgesTest {
  @TempDir private Path folder;

  @Test
  void whatTheFirstReleaseWroteIsReadAndGoneOnFrom() throws Exception {
    State old = released();
    assertEquals(Step.RETURNING, old.step());
    assertEquals(WayBack.NONE, old.wayBack());
    assertEquals("", old.before().line());
    assertEquals(List.of("tv.hearth.mqtt"), old.before().ailing());
    assertEquals(60, old.trial().orElseThrow().windowSeconds());
    assertEquals("", old.running().orElseThrow().ailing());
    assertTrue(old.ailing().isEmpty());
  }

  @Test
  void aWatchOnTheWayBackIsWrittenInWordsThatTheFirstReleaseKnows() throws Exception {
    CborMap map = body(released().watchingBack());
    assertEquals("RETURNING", map.text("step", 40), "an unknown step is a damaged record");
    assertEquals(1, map.maps("good", 1).size());
    assertEquals(1, map.maps("trial", 1).size());
    assertEquals(0, map.integer("boots", 0, 9));
    assertEquals("ROLLING_BACK", operation(map).text("phase", 40));
  }

  @Test
  void anEndThatIsNotWellIsTextThatTheFirstReleaseShows() throws Exception {
    State ended = Restart.returned(released(), "tv.hearth.storage fails: " + "x".repeat(900), 5);
    CborMap map = body(ended);
    assertEquals("IDLE", map.text("step", 40));
    CborMap operation = operation(map);
    assertEquals("ROLLED_BACK UNHEALTHY", phase(operation));
    String reason = operation.text("reason", 500);
    assertTrue(reason.startsWith("went back, but: tv.hearth.storage fails: x"), reason);
    assertTrue(reason.endsWith("; it went back because: a probe"), reason);
  }

  @Test
  void whatIsWrittenIsReadAgain() throws Exception {
    State watched = released().returnedInVain().watchingBack().watchingBack();
    assertEquals(watched, again(watched));
    assertEquals(new WayBack(1, 2), again(watched).wayBack());
    State ended = Restart.returned(watched, "no line", 5);
    assertEquals("no line", again(ended).ailing().orElseThrow().ailing());
    assertEquals(WayBack.NONE, again(ended).wayBack());
  }

  private State again(State state) throws IOException {
    try (FolderDisk disk = new FolderDisk(folder)) {
      new Journal(disk).write(state);
      return new Journal(disk).read();
    }
  }

  private static String phase(CborMap operation) throws Exception {
    return operation.text("phase", 40) + " " + operation.text("failure", 40);
  }

  private static CborMap operation(CborMap map) throws Exception {
    return map.maps("operations", 1).get(0);
  }

  private static CborMap body(State state) throws Exception {
    return CborMap.parse(state.toCbor().toBytes());
  }

  /** A journal as release 0.1.0 wrote it when a trial's probe had failed. */
  private State released() throws IOException {
    Path journal = Files.createDirectories(folder.resolve("old/journal"));
    try (InputStream golden = getClass().getResourceAsStream("journal-0.1.0.rec")) {
      Files.write(journal.resolve("000000000001.rec"), golden.readAllBytes());
    }
    try (FolderDisk disk = new FolderDisk(folder.resolve("old"))) {
      return new Journal(disk).read();
    }
  }
}
