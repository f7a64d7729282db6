package tv.hearth.anchor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.support.release.Before;
import tv.hearth.support.release.BundleStore;
import tv.hearth.support.release.Exchange;
import tv.hearth.support.release.FolderDisk;
import tv.hearth.support.release.Frame;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.Journal;
import tv.hearth.support.release.Marks;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.Restart;
import tv.hearth.support.release.SetRecord;
import tv.hearth.support.release.State;
import tv.hearth.support.release.State.Step;
import tv.hearth.support.release.UnitRecord;

/** What the anchor does when {@code update} does not do its part. */
class GuardTest {
  @TempDir private Path folder;
  private final Bundles frame = new Bundles();
  private Journal journal;
  private BundleStore store;
  private Guard guard;
  private boolean beats = true;
  private SetRecord good;
  private SetRecord trial;

  @BeforeEach
  void box() throws Exception {
    FolderDisk disk = new FolderDisk(folder);
    journal = new Journal(disk);
    store = new BundleStore(disk);
    good = set(1, "old");
    trial = set(2, "new");
    Exchange exchange = new Exchange(frame, store, new Marks(disk));
    guard = new Guard(journal, exchange, frame, () -> beats);
    frame.content = "new";
  }

  @Test
  void aHandOverThatIsAskedForIsDone() throws Exception {
    frame.content = "old";
    write(Step.HANDOVER);
    guard.look(0, true);
    assertEquals("new", frame.content);
    assertTrue(frame.active);
  }

  @Test
  void anUpdateThatDoesNotGoOnAfterItsHandOverIsTakenBack() throws Exception {
    write(Step.HANDOVER);
    guard.look(0, false);
    guard.look(Guard.HANDOVER_MILLIS, false);
    assertEquals("new", frame.content, "too early");
    guard.look(Guard.HANDOVER_MILLIS + 1, false);
    assertBackAndLeftToUpdate();
  }

  @Test
  void aTrialThatNobodyWatchesIsTakenBack() throws Exception {
    write(Step.WATCHING);
    guard.look(0, false);
    guard.look(Guard.STUCK_MILLIS + 1_000L * 2 * trial.windowSeconds() + 1, false);
    assertBackAndLeftToUpdate();
  }

  @Test
  void aWayBackThatNobodyWatchesEndsAndSaysSo() throws Exception {
    write(Step.HANDOVER);
    long now = 0;
    for (int i = 0; i < 5; i++) {
      guard.look(now, false); // it sees what was written last
      guard.look(now, false);
      now += Guard.STUCK_MILLIS + 1;
    }
    assertEquals("old", frame.content);
    assertEquals(Step.IDLE, journal.read().step());
    OperationRecord operation = journal.read().operations().get(0);
    assertEquals("ROLLED_BACK UNHEALTHY", operation.phase() + " " + operation.failure());
    assertTrue(operation.ailing().contains("did not watch"), operation::toString);
    assertTrue(operation.reason().startsWith("went back, but: " + Heart.UPDATE), operation::reason);
    assertTrue(operation.reason().contains("did not go on"), operation::reason);
    long records = journal.newest();
    guard.look(now + Guard.STUCK_MILLIS, false);
    assertEquals(records, journal.newest(), "over");
  }

  @Test
  void aWayBackThatIsWatchedIsLeftAloneForItsWindow() throws Exception {
    write(Step.WATCHING);
    journal.write(Restart.givenUp(journal.read(), "UNHEALTHY", "a probe").watchingBack());
    frame.content = "old";
    guard.look(0, false);
    long records = journal.newest();
    guard.look(Guard.STUCK_MILLIS + 1_000L * 2 * trial.windowSeconds(), false);
    assertEquals(records, journal.newest(), "too early");
    guard.look(Guard.STUCK_MILLIS + 1_000L * 2 * trial.windowSeconds() + 1, false);
    assertEquals(records + 2, journal.newest());
    assertEquals("a probe", journal.read().operations().get(0).reason(), "why it went back");
  }

  @Test
  void anUpdateThatGoesOnIsLeftAlone() throws Exception {
    for (int i = 0; i < 10; i++) {
      write(Step.WATCHING);
      guard.look(i * Guard.STUCK_MILLIS, false);
    }
    assertEquals("new", frame.content);
  }

  @Test
  void aDamagedUpdateIsPutRightWhileNothingIsUnderWay() throws Exception {
    frame.content = "damaged";
    journal.write(State.EMPTY.withGood(good));
    guard.look(0, false);
    beats = false;
    guard.look(Guard.AWAY_MILLIS, false);
    assertEquals("damaged", frame.content, "too early");
    guard.look(Guard.AWAY_MILLIS + 1, false);
    assertEquals("old", frame.content);
  }

  /** Its health is the good set's own agent's to watch. */
  private void assertBackAndLeftToUpdate() throws Exception {
    assertEquals("old", frame.content);
    assertTrue(frame.active);
    assertEquals(Step.RETURNING, journal.read().step());
    OperationRecord operation = journal.read().operations().get(0);
    assertEquals("ROLLING_BACK", operation.phase());
    assertEquals("UNHEALTHY", operation.failure());
  }

  private void write(Step step) throws Exception {
    State state =
        State.EMPTY
            .withGood(good)
            .with(OperationRecord.begun("op", "release/a/1.json", "SWITCHING", 1))
            .trying(trial, Before.NONE);
    journal.write(state.in(step));
  }

  private SetRecord set(long counter, String text) throws Exception {
    String sha256 = store.copy(new ByteArrayInputStream(text.getBytes()));
    UnitRecord unit = new UnitRecord(Heart.UPDATE, text, sha256, text.length(), 1, "");
    return new SetRecord("t", "n", "v", counter, 5, List.of(unit), Map.of());
  }

  /** A framework with one bundle. */
  private static final class Bundles implements Frame {
    private String content;
    private boolean active = true;
    private long modified;

    @Override
    public List<Placed> bundles() {
      return List.of(new Placed(1, Heart.UPDATE, content, "x", modified, active));
    }

    @Override
    public long install(String symbolicName, InputStream jar) throws FrameException {
      throw new FrameException("not here");
    }

    @Override
    public void update(long id, InputStream jar) throws FrameException {
      content = text(jar);
      modified++;
    }

    @Override
    public void uninstall(long id) throws FrameException {
      throw new FrameException("not here");
    }

    @Override
    public void stop(long id) {
      active = false;
    }

    @Override
    public void start(long id) {
      active = true;
    }

    @Override
    public Set<Long> closure(Set<Long> ids) {
      return new HashSet<>(ids);
    }

    @Override
    public String name(long id) {
      return Heart.UPDATE;
    }

    @Override
    public void refresh(Set<Long> ids) {
      // One bundle has nobody to refresh.
    }

    @Override
    public boolean holds(long id, InputStream jar) throws FrameException {
      return content.equals(text(jar));
    }

    @Override
    public void settle() {
      // Memory is settled.
    }

    private static String text(InputStream jar) throws FrameException {
      try (jar) {
        return new String(jar.readAllBytes());
      } catch (java.io.IOException e) {
        throw new FrameException("unreadable", e);
      }
    }
  }
}
