package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Holder.Fault;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.PutRequest;
import tv.hearth.vendor.objects.Shelf;

class FaultTest {
  private static final ObjectRef REF = ObjectRef.of(Shelf.HOUSEHOLD, "holiday.mkv");
  private static final int LENGTH = 2_500_000;
  @TempDir private Path folder;
  private Town town;
  private byte[] content;

  @BeforeEach
  void build() throws Exception {
    town = new Town(folder, 12);
    content = Seeds.random().bytes(LENGTH);
  }

  @AfterEach
  void close() {
    town.close();
  }

  /** 2 of 10 at twelve boxes: eight may misbehave. */
  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DEAD", "SILENT", "FLIPPING", "SWAPPING", "SHORT", "WRONG_HASHES"})
  void costsNoByteWhileKHoldersAreSound(Fault fault) throws Exception {
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content);
    List<Integer> holders = holders();
    for (int i : holders.subList(0, 8)) {
      town.holder(i).fault(fault);
    }
    Pipeline fresh = town.restarted(0);
    assertArrayEquals(content, Town.read(fresh, REF, 0, LENGTH));
    boolean asked = holders.subList(0, 8).stream().anyMatch(i -> town.holder(i).served() > 0);
    if (asked && fault != Fault.DEAD && fault != Fault.SILENT) {
      assertTrue(fresh.meters().get(Count.READ_LIES) > 0);
    }
  }

  @Test
  void slowHoldersAreNotWaitedFor() throws Exception {
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content);
    for (int i : holders().subList(0, 8)) {
      // An answer that comes only when the test is long over: who waits for it never reads.
      town.holder(i).delay(TimeUnit.HOURS.toMillis(1));
    }
    Pipeline fresh = town.restarted(0);
    assertArrayEquals(content, Town.read(fresh, REF, 0, LENGTH));
    assertEquals(0, fresh.meters().get(Count.READ_DEAD), "a time limit was waited for");
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DEAD", "FLIPPING", "WRONG_HASHES"})
  void oneMoreIsTooFew(Fault fault) throws Exception {
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content);
    for (int i : holders().subList(0, 9)) {
      town.holder(i).fault(fault);
    }
    ObjectFailure failure =
        assertThrows(ObjectFailure.class, () -> Town.read(town.restarted(0), REF, 0, LENGTH));
    assertEquals(Problem.TOO_FEW_PIECES, failure.problem());
    String said =
        "'holiday.mkv' can't be read now: its segment 0 needs 2 of the 10 pieces that are placed,"
            + " and 1 came: ";
    assertTrue(failure.getMessage().startsWith(said), failure.getMessage());
  }

  @Test
  void aHolderKilledInTheMiddleOfAPutIsReplacedOrMadeUpFor() throws Exception {
    town.killHolders(2, 200_000);
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content);
    assertTrue(town.box(0).meters().get(Count.PUT_HOLDERS_LOST) > 0);
    assertArrayEquals(content, Town.read(town.restarted(0), REF, 0, LENGTH));
    int placed = town.box(0).stat(REF).survival().n();
    assertTrue(placed >= 8, "acknowledged with " + placed);
  }

  @ParameterizedTest
  @EnumSource(
      value = Fault.class,
      names = {"DEAD", "REFUSING", "FULL", "BAD_RECEIPTS"})
  void badHoldersArePutAside(Fault fault) throws Exception {
    for (int i = 1; i <= 2; i++) {
      town.holder(i).fault(fault);
    }
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content);
    assertArrayEquals(content, Town.read(town.restarted(0), REF, 0, LENGTH));
  }

  @Test
  void aPutWithTooFewHoldersFailsWholeAndLeavesNothing() throws Exception {
    for (int i = 1; i <= 6; i++) {
      town.holder(i).fault(Fault.REFUSING);
    }
    ObjectFailure failure =
        assertThrows(
            ObjectFailure.class,
            () -> Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content));
    assertEquals(Problem.TOO_FEW_BOXES, failure.problem());
    assertNothingLeft();
  }

  @Test
  void fullHoldersAreNoRoom() throws Exception {
    for (int i = 1; i <= 6; i++) {
      town.holder(i).fault(Fault.FULL);
    }
    ObjectFailure failure =
        assertThrows(
            ObjectFailure.class,
            () -> Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content));
    assertEquals(Problem.NO_ROOM, failure.problem());
  }

  @Test
  void aSourceThatFailsLeavesNothing() throws Exception {
    PutRequest request =
        new PutRequest(
            REF,
            DurabilityClass.HALF_PROOF,
            LENGTH,
            "",
            List.of(),
            (offset, into) -> {
              if (offset > 2_000_000) {
                throw new IOException("unplugged");
              }
              into.put(new byte[into.remaining()]);
            },
            done -> {});
    ObjectFailure failure = assertThrows(ObjectFailure.class, () -> town.box(0).put(request));
    assertEquals(Problem.SOURCE, failure.problem());
    assertNothingLeft();
  }

  @Test
  void anUpdateOfTransferCutsNeitherPutNorRead() throws Exception {
    for (int i = 0; i < 12; i++) {
      town.holder(i).delay(30);
    }
    AtomicInteger updates = updatesAtEvery(3, 5);
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content);
    assertEquals(5, updates.get(), "not all in the middle of the put");
    updates = updatesAtEvery(1, 3);
    assertArrayEquals(content, Town.read(town.box(0), REF, 0, LENGTH));
    assertEquals(3, updates.get(), "not all in the middle of the read");
  }

  /** Updates the first box's transfer each time that so many chunks moved, up to that often. */
  private AtomicInteger updatesAtEvery(int chunks, int most) {
    AtomicInteger moved = new AtomicInteger();
    AtomicInteger updates = new AtomicInteger();
    for (int i = 0; i < 12; i++) {
      town.holder(i)
          .onMoved(
              () -> {
                int now = moved.incrementAndGet();
                if (now % chunks == 0 && now <= chunks * most) {
                  town.updateTransfer(0);
                  updates.incrementAndGet();
                }
              });
    }
    return updates;
  }

  @Test
  void closingEndsWhoeverWaits() throws Exception {
    Town.put(town.box(0), REF, DurabilityClass.HALF_PROOF, content);
    Pipeline fresh = town.restarted(0);
    fresh.stat(REF);
    for (int i = 0; i < 12; i++) {
      town.holder(i).fault(Fault.SILENT);
    }
    CompletableFuture<byte[]> reading =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Town.read(fresh, REF, 0, LENGTH);
              } catch (ObjectFailure e) {
                throw new java.util.concurrent.CompletionException(e);
              }
            });
    Await.until("a call gets no answer", () -> unanswered() > 0);
    fresh.close();
    Throwable ended =
        assertThrows(
                java.util.concurrent.ExecutionException.class,
                () -> reading.get(2, TimeUnit.MINUTES))
            .getCause();
    assertEquals(Problem.NOT_READY, ((ObjectFailure) ended).problem(), ended.getMessage());
  }

  private int unanswered() {
    return IntStream.range(0, 12).map(i -> town.holder(i).unanswered()).sum();
  }

  private void assertNothingLeft() {
    assertThrows(ObjectFailure.class, () -> town.restarted(0).stat(REF));
    Await.until(
        "all pieces are gone",
        () -> {
          int left = 0;
          for (int i = 0; i < 12; i++) {
            left += town.holder(i).pieceCount();
          }
          return left == 0;
        });
  }

  private List<Integer> holders() {
    return IntStream.range(0, 12).filter(i -> town.holder(i).pieceCount() > 0).boxed().toList();
  }
}
