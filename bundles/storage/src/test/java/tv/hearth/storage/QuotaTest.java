package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.pieces.PieceSamples.LEASE;
import static tv.hearth.tests.contracts.pieces.PieceSamples.OWNER;
import static tv.hearth.tests.contracts.pieces.PieceSamples.STRANGER;
import static tv.hearth.tests.contracts.pieces.PieceSamples.content;
import static tv.hearth.tests.contracts.pieces.PieceSamples.piece;
import static tv.hearth.tests.contracts.pieces.PieceSamples.put;
import static tv.hearth.tests.contracts.pieces.PieceStoreContract.assertProblem;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;

/** No owner and no neighbour takes more than its share; room is promised before a byte comes. */
class QuotaTest {
  private static final int LENGTH = 100_000;
  private static final int UNIT = 65_536;
  private static final long FOOTPRINT = PieceHeader.footprint(LENGTH, UNIT);
  private static final OwnerId AUTHORITY = new OwnerId("z".repeat(32));

  @TempDir Path folder;
  private final AtomicLong budget = new AtomicLong(10 * FOOTPRINT);
  private final AtomicLong now = new AtomicLong(1_000_000);
  private Storage storage;
  private PieceStore store;

  @BeforeEach
  void open() throws StoreException {
    InstantSource clock = () -> Instant.ofEpochMilli(now.get());
    storage =
        Storage.open(
            new StorageSettings(
                folder,
                () -> new Limits(0.1, budget.get(), 1, 1, 1),
                owner -> owner.equals(AUTHORITY) ? 1 : 0.25,
                0,
                0.1,
                3,
                5000,
                clock));
    store = storage.pieces();
  }

  @AfterEach
  void close() throws StoreException {
    storage.close();
  }

  @Test
  void anOwnerStopsAtItsShare() throws StoreException {
    reserve(OWNER, 0);
    reserve(OWNER, 1);
    assertProblem(Problem.QUOTA, () -> reserve(OWNER, 2));
    reserve(STRANGER, 3);
    store.abort(piece(1, 0, 0));
    reserve(OWNER, 2);
  }

  @Test
  void committedPiecesCountOnAndOverARestart() throws StoreException {
    put(store, piece(1, 0, 0), content(1, LENGTH), UNIT);
    put(store, piece(1, 1, 0), content(1, LENGTH), UNIT);
    assertProblem(Problem.QUOTA, () -> reserve(OWNER, 2));
    storage.close();
    open();
    assertProblem(Problem.QUOTA, () -> reserve(OWNER, 2));
    store.delete(piece(1, 0, 0).object(), OWNER);
    reserve(OWNER, 2);
  }

  @Test
  void anUncappedOwnerStopsAtTheBudget() throws StoreException {
    for (int i = 0; i < 10; i++) {
      reserve(AUTHORITY, i);
    }
    assertProblem(Problem.QUOTA, () -> reserve(AUTHORITY, 10));
    assertEquals(10 * FOOTPRINT, store.usage().reserved());
  }

  @Test
  void reservationsKeepTheirRoomOverARestart() throws StoreException {
    for (int i = 0; i < 10; i++) {
      reserve(AUTHORITY, i);
    }
    storage.close();
    open();
    assertEquals(10 * FOOTPRINT, store.usage().reserved());
    assertProblem(Problem.QUOTA, () -> reserve(AUTHORITY, 10));
  }

  @Test
  void aSmallerBudgetDeletesNothingAndTakesNothing() throws StoreException {
    put(store, piece(1, 0, 0), content(1, LENGTH), UNIT);
    budget.set(FOOTPRINT / 2);
    assertProblem(Problem.QUOTA, () -> reserve(AUTHORITY, 1));
    assertEquals(1, store.list(null, 10).size());
  }

  @Test
  void aReservationThatRanOutMakesWay() throws StoreException {
    now.set(LEASE.toEpochMilli() + 1);
    reserve(OWNER, 0);
    reserve(STRANGER, 0);
    assertEquals(FOOTPRINT, store.usage().reserved());
  }

  @Test
  void tooLongAPieceIsRefusedBeforeItsHashesTakeMemory() {
    assertIllegal((64 << 20) + 1, 1 << 20);
    assertIllegal(4096 * 64 + 1, 64);
  }

  @Test
  void thereIsAnEndToReservations() throws StoreException {
    budget.set(1L << 40);
    for (int i = 0; i < 1024; i++) {
      store.reserve(piece(i, 0, 0), AUTHORITY, 64, 64, LEASE);
    }
    assertProblem(Problem.QUOTA, () -> store.reserve(piece(1024, 0, 0), AUTHORITY, 64, 64, LEASE));
    assertEquals(1024, store.expire(LEASE.plusMillis(1)));
  }

  @Test
  void recordsStopAtTheSubjectsCountAndBytes() throws StoreException {
    RecordStore records = storage.records();
    for (int i = 0; i < 3; i++) {
      assertTrue(records.replace(key(OWNER, i), List.of(), List.of(bytes(10))));
    }
    assertProblem(
        Problem.QUOTA, () -> records.replace(key(OWNER, 3), List.of(), List.of(bytes(10))));
    records.replace(key(OWNER, 0), List.of(bytes(10)), List.of());
    assertProblem(
        Problem.QUOTA, () -> records.replace(key(OWNER, 3), List.of(), List.of(bytes(4990))));
    assertTrue(records.replace(key(OWNER, 3), List.of(), List.of(bytes(4980))));
    assertTrue(records.replace(key(OWNER, 3), List.of(bytes(4980)), List.of(bytes(10))));
  }

  @Test
  void recordsOfAllStopAtTheirShareOfTheBudget() throws StoreException {
    RecordStore records = storage.records();
    int half = (int) (budget.get() / 20);
    assertTrue(records.replace(key(AUTHORITY, 0), List.of(), List.of(bytes(half))));
    assertProblem(
        Problem.QUOTA,
        () -> records.replace(key(AUTHORITY, 1), List.of(), List.of(bytes(half + 10))));
    assertTrue(records.replace(key(AUTHORITY, 0), List.of(bytes(half)), List.of()));
    assertEquals(new RecordTables.Held(0, 0), storage.recordStore().held());
  }

  private void assertIllegal(long length, int unit) {
    org.junit.jupiter.api.Assertions.assertThrows(
        IllegalArgumentException.class,
        () -> store.reserve(piece(1, 0, 0), AUTHORITY, length, unit, LEASE));
  }

  private void reserve(OwnerId owner, int segment) throws StoreException {
    store.reserve(piece(1, segment, 0), owner, LENGTH, UNIT, LEASE);
  }

  private static RecordKey key(OwnerId owner, int name) {
    return new RecordKey(RecordKind.HEAD, owner.text(), "n" + name);
  }

  private static Bytes bytes(int length) {
    return Bytes.of(content(length, length));
  }

  /** Tiny grants of one member leave places for everybody else. */
  @Test
  void oneOwnersReservationsLeaveRoomForOthers() throws StoreException {
    budget.set(1L << 40);
    for (int i = 0; i < 128; i++) {
      store.reserve(piece(i, 0, 0), OWNER, 64, 64, Instant.MAX);
    }
    assertProblem(Problem.QUOTA, () -> store.reserve(piece(128, 0, 0), OWNER, 64, 64, Instant.MAX));
    store.reserve(piece(129, 0, 0), STRANGER, 64, 64, LEASE);
  }

  /** Whoever is cut off in mid-backup and stays away an hour makes way for others. */
  @Test
  void aReservationWhoseOwnerIsAwayMakesWay() throws StoreException {
    reserve(OWNER, 0);
    reserve(OWNER, 1);
    assertProblem(Problem.QUOTA, () -> reserve(OWNER, 2));
    now.addAndGet(3_600_000);
    store.write(piece(1, 1, 0), 0, java.nio.ByteBuffer.wrap(content(1, 10)));
    now.addAndGet(1);
    reserve(OWNER, 2);
    assertProblem(Problem.NOT_FOUND, () -> store.commit(piece(1, 0, 0)));
    assertEquals(10, store.write(piece(1, 1, 0), 10, java.nio.ByteBuffer.allocate(0)));
  }

  @Test
  void aReservationWhoseOwnerIsAwayForADayIsDropped() throws StoreException {
    store.reserve(piece(1, 0, 0), OWNER, LENGTH, UNIT, Instant.MAX);
    now.addAndGet(86_400_000);
    assertEquals(0, store.expire(Instant.ofEpochMilli(now.get())));
    assertEquals(1, store.expire(Instant.ofEpochMilli(now.addAndGet(1))));
    assertEquals(0, store.usage().reserved());
  }

  /** A box that takes one new household key after another has one share, over a restart too. */
  @Test
  void ownersOfOneBoxHaveOneShare() throws StoreException {
    storage.close();
    OwnerId third = new OwnerId("y".repeat(32));
    Map<OwnerId, BoxId> boxes = new ConcurrentHashMap<>();
    openAtBoxes(boxes);
    boxes.put(OWNER, new BoxId("b".repeat(32)));
    store.reserve(piece(1, 0, 0), OWNER, LENGTH, UNIT, LEASE);
    store.reserve(piece(1, 1, 0), OWNER, LENGTH, UNIT, LEASE);
    BoxId box = boxes.remove(OWNER);
    boxes.put(STRANGER, box);
    assertProblem(Problem.QUOTA, () -> reserve(STRANGER, 2));
    storage.close();
    openAtBoxes(boxes);
    assertProblem(Problem.QUOTA, () -> reserve(STRANGER, 2));
    boxes.put(third, new BoxId("c".repeat(32)));
    store.reserve(piece(1, 3, 0), third, LENGTH, UNIT, LEASE);
  }

  private void openAtBoxes(Map<OwnerId, BoxId> boxes) throws StoreException {
    Shares shares =
        new Shares() {
          @Override
          public double of(OwnerId owner) {
            return 0.25;
          }

          @Override
          public Optional<BoxId> box(OwnerId owner) {
            return Optional.ofNullable(boxes.get(owner));
          }
        };
    storage =
        Storage.open(
            new StorageSettings(
                folder,
                () -> new Limits(0.1, budget.get(), 1, 1, 1),
                shares,
                0,
                0.1,
                3,
                5000,
                () -> Instant.ofEpochMilli(now.get())));
    store = storage.pieces();
  }
}
