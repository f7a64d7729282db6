package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** Heads that too few replicas take at first, or at all. */
class HeadUndoTest {
  private static final int BOXES = 12;
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "letter.odt");
  private static final DurabilityClass HALF = DurabilityClass.HALF_PROOF;
  @TempDir private Path folder;
  private Town town;
  private final Seeds seeds = Seeds.random();

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, BOXES);
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void nothingIsVisibleOfAPutWhoseHeadTooFewTook() throws Exception {
    refuse(Integer.MAX_VALUE);
    ObjectFailure failure =
        assertThrows(
            ObjectFailure.class, () -> Town.put(town.box(0), REF, HALF, seeds.bytes(600_000)));
    assertEquals(Problem.TOO_FEW_BOXES, failure.problem());
    assertEquals(4, replicasWithHead(), "three neighbours take heads, and this box");
    refuse(0);
    assertNotFound();
    Await.until("all pieces are gone", () -> pieces() == 0);
    Await.until("all replicas know", () -> replicasWithHead() == BOXES);
    assertNotFound();
    assertEquals(0, town.restarted(0).list(Shelf.HOUSEHOLD, "").size());
  }

  @Test
  void theVersionBeforeStaysVisible() throws Exception {
    byte[] before = seeds.bytes(500_000);
    Town.put(town.box(0), REF, HALF, before);
    refuse(Integer.MAX_VALUE);
    assertThrows(ObjectFailure.class, () -> Town.put(town.box(0), REF, HALF, seeds.bytes(600_000)));
    refuse(0);
    Pipeline fresh = town.restarted(0);
    assertArrayEquals(before, Town.read(fresh, REF, 0, 700_000), seeds.message());
    assertEquals(1, fresh.stat(REF).siblings());
    Await.until("the pieces of the failed one are gone", () -> pieces() == 10);
    assertArrayEquals(before, Town.read(town.restarted(0), REF, 0, 700_000), seeds.message());
  }

  /** Its own first attempt must not look like an older version, whose pieces are then deleted. */
  @Test
  void aHeadThatIsTakenAtTheSecondOrThirdOfferKeepsItsPieces() throws Exception {
    for (int refusals = 1; refusals <= 2; refusals++) {
      refuse(refusals);
      byte[] content = seeds.bytes(600_000);
      Town.put(town.box(0), REF, HALF, content);
      Await.until("old pieces are gone", () -> pieces() == 10);
      Await.until("nothing is under way", () -> quiet());
      assertEquals(10, pieces());
      assertArrayEquals(content, Town.read(town.restarted(0), REF, 0, 700_000), seeds.message());
    }
  }

  private boolean quiet() {
    String[] left = town.folder(0).resolve("errands").toFile().list();
    return left != null && left.length == 0;
  }

  /** Nine of twelve; this box itself takes heads too, unless its store refuses. */
  private void refuse(int heads) {
    for (int i = 0; i < BOXES - 3; i++) {
      town.holder(i).refuseHeads(heads);
    }
  }

  private long pieces() {
    long all = 0;
    for (int i = 0; i < BOXES; i++) {
      all += town.holder(i).pieceCount();
    }
    return all;
  }

  private long replicasWithHead() {
    long all = 0;
    for (int i = 0; i < BOXES; i++) {
      boolean has =
          town.holder(i).allRecords().keySet().stream()
              .anyMatch(key -> key.kind() == RecordKind.HEAD);
      all += has ? 1 : 0;
    }
    return all;
  }

  private void assertNotFound() {
    ObjectFailure gone = assertThrows(ObjectFailure.class, () -> town.restarted(0).stat(REF));
    assertEquals(Problem.NOT_FOUND, gone.problem());
  }
}
