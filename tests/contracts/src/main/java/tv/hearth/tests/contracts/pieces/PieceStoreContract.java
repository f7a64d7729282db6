package tv.hearth.tests.contracts.pieces;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.pieces.PieceSamples.LEASE;
import static tv.hearth.tests.contracts.pieces.PieceSamples.OWNER;
import static tv.hearth.tests.contracts.pieces.PieceSamples.STRANGER;
import static tv.hearth.tests.contracts.pieces.PieceSamples.content;
import static tv.hearth.tests.contracts.pieces.PieceSamples.load;
import static tv.hearth.tests.contracts.pieces.PieceSamples.object;
import static tv.hearth.tests.contracts.pieces.PieceSamples.piece;
import static tv.hearth.tests.contracts.pieces.PieceSamples.put;
import static tv.hearth.tests.contracts.pieces.PieceSamples.root;
import static tv.hearth.tests.contracts.pieces.PieceSamples.unitHash;
import static tv.hearth.tests.contracts.pieces.PieceSamples.units;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.PieceId;

/** What every {@link PieceStore} must do. */
public abstract class PieceStoreContract {
  private static final int UNIT = 4096;
  private static final int LENGTH = 2 * UNIT + 100;
  private static final byte[] CONTENT = content(1, LENGTH);

  /** The store under test: empty, with a budget of at least 16 MiB for any owner. */
  protected abstract PieceStore store();

  @Test
  public void givesBackWhatWasCommitted() throws StoreException {
    put(store(), piece(1, 0, 0), CONTENT, UNIT);
    assertArrayEquals(CONTENT, load(store(), piece(1, 0, 0), LENGTH, UNIT));
  }

  @Test
  public void readsUnitsAnywhereIntoTheMiddleOfABuffer() throws StoreException {
    put(store(), piece(1, 0, 0), CONTENT, UNIT);
    ByteBuffer into = ByteBuffer.allocateDirect(10 + 2 * UNIT).position(10);
    assertEquals(UNIT + 100, store().read(piece(1, 0, 0), 1, 9, into));
    byte[] got = new byte[UNIT + 100];
    into.flip().position(10).get(got);
    assertArrayEquals(units(CONTENT, UNIT, 1, 2), got);
  }

  @Test
  public void readsAsManyWholeUnitsAsFit() throws StoreException {
    put(store(), piece(1, 0, 0), CONTENT, UNIT);
    assertEquals(UNIT, store().read(piece(1, 0, 0), 0, 3, ByteBuffer.allocate(2 * UNIT - 1)));
    assertEquals(0, store().read(piece(1, 0, 0), 0, 3, ByteBuffer.allocate(UNIT - 1)));
    assertEquals(100, store().read(piece(1, 0, 0), 2, 1, ByteBuffer.allocate(100)));
  }

  @Test
  public void aUnitBeyondTheEndIsNotFound() throws StoreException {
    put(store(), piece(1, 0, 0), CONTENT, UNIT);
    assertProblem(
        Problem.NOT_FOUND, () -> store().read(piece(1, 0, 0), 3, 1, ByteBuffer.allocate(UNIT)));
  }

  @Test
  public void hashesAreTheLeavesUnderTheRoot() throws StoreException {
    PieceInfo info = put(store(), piece(1, 0, 0), CONTENT, UNIT);
    byte[] hashes = store().unitHashes(piece(1, 0, 0));
    byte[][] expected = new byte[3][];
    for (int i = 0; i < 3; i++) {
      expected[i] = unitHash(units(CONTENT, UNIT, i, 1));
      assertArrayEquals(expected[i], java.util.Arrays.copyOfRange(hashes, i * 32, i * 32 + 32));
    }
    assertEquals(96, hashes.length);
    assertEquals(root(expected), info.root());
  }

  @Test
  public void tellsWhatItKnowsOfAPiece() throws StoreException {
    PieceInfo info = put(store(), piece(1, 7, 3), CONTENT, UNIT);
    assertEquals(new PieceInfo(piece(1, 7, 3), OWNER, LENGTH, UNIT, info.root(), LEASE), info);
    assertEquals(Optional.of(info), store().stat(piece(1, 7, 3)));
    assertEquals(Optional.empty(), store().stat(piece(1, 7, 4)));
  }

  @Test
  public void nothingIsVisibleBeforeItsCommit() throws StoreException {
    PieceId id = piece(1, 0, 0);
    store().reserve(id, OWNER, LENGTH, UNIT, LEASE);
    store().write(id, 0, ByteBuffer.wrap(CONTENT));
    assertEquals(Optional.empty(), store().stat(id));
    assertEquals(List.of(), store().list(null, 10));
    assertProblem(Problem.NOT_FOUND, () -> store().read(id, 0, 1, ByteBuffer.allocate(UNIT)));
    assertProblem(Problem.NOT_FOUND, () -> store().unitHashes(id));
  }

  @Test
  public void everyCallMayComeTwice() throws StoreException {
    PieceId id = piece(1, 0, 0);
    for (int twice = 0; twice < 2; twice++) {
      store().reserve(id, OWNER, LENGTH, UNIT, LEASE);
    }
    assertEquals(UNIT, store().write(id, 0, ByteBuffer.wrap(CONTENT, 0, UNIT)));
    assertEquals(UNIT, store().write(id, 0, ByteBuffer.wrap(CONTENT, 0, UNIT)));
    assertEquals(LENGTH, store().write(id, UNIT, ByteBuffer.wrap(CONTENT, UNIT, LENGTH - UNIT)));
    PieceInfo info = store().commit(id);
    assertEquals(info, store().commit(id));
    store().reserve(id, OWNER, LENGTH, UNIT, LEASE);
    store().abort(id);
    assertArrayEquals(CONTENT, load(store(), id, LENGTH, UNIT));
    assertEquals(1, store().delete(id.object(), OWNER));
    assertEquals(0, store().delete(id.object(), OWNER));
  }

  @Test
  public void rewrittenBytesReplaceThoseBefore() throws StoreException {
    PieceId id = piece(1, 0, 0);
    store().reserve(id, OWNER, LENGTH, UNIT, LEASE);
    store().write(id, 0, ByteBuffer.wrap(content(2, LENGTH)));
    store().write(id, 0, ByteBuffer.wrap(CONTENT));
    PieceInfo rewritten = store().commit(id);
    assertArrayEquals(CONTENT, load(store(), id, LENGTH, UNIT));
    assertEquals(put(store(), piece(2, 0, 0), CONTENT, UNIT).root(), rewritten.root());
  }

  @Test
  public void gapsAndOverrunsAreConflicts() throws StoreException {
    PieceId id = piece(1, 0, 0);
    store().reserve(id, OWNER, LENGTH, UNIT, LEASE);
    store().write(id, 0, ByteBuffer.wrap(CONTENT, 0, 10));
    assertProblem(Problem.CONFLICT, () -> store().write(id, 11, ByteBuffer.wrap(CONTENT, 11, 10)));
    assertProblem(Problem.CONFLICT, () -> store().write(id, 10, ByteBuffer.allocate(LENGTH)));
    assertProblem(Problem.CONFLICT, () -> store().write(id, -1, ByteBuffer.allocate(1)));
    assertProblem(Problem.CONFLICT, () -> store().commit(id));
    assertEquals(LENGTH, store().write(id, 10, ByteBuffer.wrap(CONTENT, 10, LENGTH - 10)));
  }

  @Test
  public void writesWantAReservation() {
    assertProblem(
        Problem.NOT_FOUND, () -> store().write(piece(1, 0, 0), 0, ByteBuffer.allocate(1)));
    assertProblem(Problem.NOT_FOUND, () -> store().commit(piece(1, 0, 0)));
  }

  @Test
  public void anotherOwnerOrLengthIsAConflict() throws StoreException {
    PieceId id = piece(1, 0, 0);
    store().reserve(id, OWNER, LENGTH, UNIT, LEASE);
    assertProblem(Problem.CONFLICT, () -> store().reserve(id, STRANGER, LENGTH, UNIT, LEASE));
    assertProblem(Problem.CONFLICT, () -> store().reserve(id, OWNER, LENGTH + 1, UNIT, LEASE));
    store().abort(id);
    put(store(), id, CONTENT, UNIT);
    assertProblem(Problem.CONFLICT, () -> store().reserve(id, STRANGER, LENGTH, UNIT, LEASE));
    assertProblem(Problem.CONFLICT, () -> store().reserve(id, OWNER, LENGTH + 1, UNIT, LEASE));
  }

  @Test
  public void whatCanBeNoPieceIsRefused() {
    for (int unit : new int[] {0, -64, 63, 100, (1 << 20) + 64}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> store().reserve(piece(1, 0, 0), OWNER, LENGTH, unit, LEASE));
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> store().reserve(piece(1, 0, 0), OWNER, 0, UNIT, LEASE));
  }

  @Test
  public void abortedReservationsLeaveNothing() throws StoreException {
    PieceStore.Usage before = store().usage();
    store().reserve(piece(1, 0, 0), OWNER, LENGTH, UNIT, LEASE);
    assertTrue(store().usage().reserved() >= before.reserved() + LENGTH);
    store().abort(piece(1, 0, 0));
    store().abort(piece(1, 0, 0));
    assertEquals(before.reserved(), store().usage().reserved());
    assertProblem(
        Problem.NOT_FOUND, () -> store().write(piece(1, 0, 0), 0, ByteBuffer.allocate(1)));
  }

  @Test
  public void usageCountsWhatIsThere() throws StoreException {
    PieceStore.Usage before = store().usage();
    put(store(), piece(1, 0, 0), CONTENT, UNIT);
    PieceStore.Usage after = store().usage();
    assertEquals(before.pieces() + 1, after.pieces());
    assertTrue(after.used() >= before.used() + LENGTH);
    assertEquals(before.reserved(), after.reserved());
    assertNotEquals(0, after.free());
    store().delete(object(1), OWNER);
    assertEquals(before.used(), store().usage().used());
    assertEquals(before.pieces(), store().usage().pieces());
  }

  @Test
  public void listsInOrderPageByPage() throws StoreException {
    List<PieceId> expected = new ArrayList<>();
    for (int object = 1; object <= 3; object++) {
      for (int part : new int[] {10, 2, 0}) {
        expected.add(piece(object, part * 300, part));
        put(store(), piece(object, part * 300, part), content(part, 10), 64);
      }
    }
    expected.sort(null);
    List<PieceId> listed = new ArrayList<>();
    List<PieceInfo> page = store().list(null, 2);
    while (!page.isEmpty()) {
      page.forEach(info -> listed.add(info.piece()));
      page = store().list(listed.get(listed.size() - 1), 2);
    }
    assertEquals(expected, listed);
  }

  @Test
  public void ownersDeleteTheirOwnAlone() throws StoreException {
    put(store(), piece(1, 0, 0), CONTENT, UNIT);
    put(store(), piece(1, 5, 1), CONTENT, UNIT);
    put(store(), piece(2, 0, 0), CONTENT, UNIT);
    store().reserve(piece(1, 9, 1), OWNER, LENGTH, UNIT, LEASE);
    assertEquals(0, store().delete(object(1), STRANGER));
    assertArrayEquals(CONTENT, load(store(), piece(1, 0, 0), LENGTH, UNIT));
    assertEquals(3, store().delete(object(1), OWNER));
    assertEquals(List.of(piece(2, 0, 0)), ids());
    assertProblem(
        Problem.NOT_FOUND, () -> store().read(piece(1, 0, 0), 0, 1, ByteBuffer.allocate(UNIT)));
  }

  @Test
  public void keepingExtendsAndNeverShortens() throws StoreException {
    put(store(), piece(1, 0, 0), CONTENT, UNIT);
    put(store(), piece(1, 1, 0), CONTENT, UNIT);
    assertEquals(0, store().keep(object(1), STRANGER, Instant.MAX));
    assertEquals(0, store().keep(object(9), OWNER, Instant.MAX));
    assertEquals(2, store().keep(object(1), OWNER, LEASE.plusSeconds(60)));
    assertEquals(2, store().keep(object(1), OWNER, LEASE.minusSeconds(60)));
    assertEquals(LEASE.plusSeconds(60), store().stat(piece(1, 1, 0)).orElseThrow().keepUntil());
    assertEquals(2, store().keep(object(1), OWNER, Instant.MAX));
    assertEquals(Instant.MAX, store().stat(piece(1, 0, 0)).orElseThrow().keepUntil());
  }

  @Test
  public void whatNobodyKeepsIsDroppedAfterItsLease() throws StoreException {
    put(store(), piece(1, 0, 0), CONTENT, UNIT);
    put(store(), piece(2, 0, 0), CONTENT, UNIT);
    store().reserve(piece(3, 0, 0), OWNER, LENGTH, UNIT, LEASE);
    store().keep(object(2), OWNER, Instant.MAX);
    assertEquals(0, store().expire(LEASE));
    assertEquals(2, store().expire(LEASE.plusMillis(1)));
    assertEquals(List.of(piece(2, 0, 0)), ids());
    assertEquals(0, store().usage().reserved());
    assertEquals(0, store().expire(Instant.MAX));
  }

  @Test
  public void scrubbingGoesThroughAllInTurn() throws StoreException {
    for (int i = 0; i < 3; i++) {
      put(store(), piece(i, 0, 0), CONTENT, UNIT);
    }
    assertEquals(new PieceStore.ScrubReport(2, List.of()), store().scrub(2));
    assertEquals(new PieceStore.ScrubReport(3, List.of()), store().scrub(1000));
  }

  private List<PieceId> ids() throws StoreException {
    return store().list(null, 1000).stream().map(PieceInfo::piece).toList();
  }

  /** Asserts why a store refused, and that it says so in words. */
  public static void assertProblem(Problem problem, Executable call) {
    StoreException thrown = assertThrows(StoreException.class, call);
    assertEquals(problem, thrown.problem(), thrown::toString);
    assertTrue(thrown.getMessage().length() > 10, thrown::getMessage);
  }
}
