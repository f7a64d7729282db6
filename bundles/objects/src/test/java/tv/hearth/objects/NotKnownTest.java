package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** "No" is what a quorum says; silence is "not known now", and never an old version. */
class NotKnownTest {
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "holiday.mkv");
  private static final ObjectRef NONE = ObjectRef.of(Shelf.HOUSEHOLD, "never.mkv");
  private static final int LENGTH = 600_000;
  private static final int SLOW_MILLIS = 900;
  @TempDir private Path folder;
  private Town town;
  private final Seeds seeds = Seeds.random();

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 8);
  }

  @AfterEach
  void close() {
    town.close();
  }

  private void others(Fault fault) {
    IntStream.range(1, town.size()).forEach(i -> town.holder(i).fault(fault));
  }

  @Test
  void aBoxWithoutRecordsWaitsForItsSlowNeighbours() throws Exception {
    byte[] content = seeds.bytes(LENGTH);
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content);
    town.holder(0).restore(Map.of());
    IntStream.range(1, town.size()).forEach(i -> town.holder(i).delay(SLOW_MILLIS));
    Pipeline fresh = town.restarted(0);
    assertEquals(LENGTH, fresh.stat(REF).length());
    ObjectFailure none = assertThrows(ObjectFailure.class, () -> fresh.stat(NONE));
    assertEquals(Problem.NOT_FOUND, none.problem(), none.getMessage());
  }

  @Test
  void aBoxThatWasOffDoesNotServeTheOldVersionWhileItsNeighboursAreSlow() throws Exception {
    byte[] old = seeds.bytes(LENGTH);
    byte[] next = seeds.bytes(LENGTH);
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, old);
    var before = town.holder(0).allRecords();
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, next);
    town.holder(0).restore(before);
    IntStream.range(1, town.size()).forEach(i -> town.holder(i).delay(SLOW_MILLIS));
    Pipeline fresh = town.restarted(0);
    assertArrayEquals(next, Town.read(fresh, REF, 0, LENGTH), seeds.message());
  }

  @Test
  void silenceIsNotNo() throws Exception {
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, seeds.bytes(LENGTH));
    town.holder(0).restore(Map.of());
    others(Fault.DEAD);
    Pipeline fresh = town.restarted(0);
    for (ObjectRef ref : new ObjectRef[] {REF, NONE}) {
      ObjectFailure unknown = assertThrows(ObjectFailure.class, () -> fresh.stat(ref));
      assertEquals(Problem.TOO_FEW_BOXES, unknown.problem(), unknown.getMessage());
      assertTrue(unknown.getMessage().contains("not known now"), unknown.getMessage());
    }
    ObjectFailure list = assertThrows(ObjectFailure.class, () -> fresh.list(Shelf.HOUSEHOLD, ""));
    assertEquals(Problem.TOO_FEW_BOXES, list.problem(), list.getMessage());
    others(Fault.NONE);
    assertEquals(LENGTH, fresh.stat(REF).length());
    assertEquals(
        Problem.NOT_FOUND, assertThrows(ObjectFailure.class, () -> fresh.stat(NONE)).problem());
    assertEquals(1, fresh.list(Shelf.HOUSEHOLD, "").size());
  }

  @Test
  void whatThisBoxHasSeenItselfIsNotTakenBackByFewerAnswers() throws Exception {
    byte[] next = seeds.bytes(LENGTH);
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, seeds.bytes(LENGTH));
    var before = town.holder(0).allRecords();
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, next);
    String tag = town.box(0).stat(REF).tag();
    town.holder(0).restore(before);
    others(Fault.DEAD);
    // Beyond the time for which what was read is good without asking.
    Await.until(
        "asked again",
        () -> town.box(0).meters().get(Count.READ_UNSURE) > 0 || !tag.equals(tagOf(town.box(0))));
    assertEquals(tag, tagOf(town.box(0)));
    String told = town.box(0).meters().mayBeOld();
    assertTrue(told.contains("may have given an older one"), told);
  }

  private static String tagOf(Pipeline box) {
    try {
      return box.stat(REF).tag();
    } catch (ObjectFailure e) {
      throw new AssertionError(e);
    }
  }
}
