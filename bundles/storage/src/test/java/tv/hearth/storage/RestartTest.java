package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.pieces.PieceSamples.LEASE;
import static tv.hearth.tests.contracts.pieces.PieceSamples.OWNER;
import static tv.hearth.tests.contracts.pieces.PieceSamples.content;
import static tv.hearth.tests.contracts.pieces.PieceSamples.load;
import static tv.hearth.tests.contracts.pieces.PieceSamples.piece;
import static tv.hearth.tests.contracts.pieces.PieceSamples.put;
import static tv.hearth.tests.contracts.pieces.PieceStoreContract.assertProblem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.thread.Failures;

/** Stopping and starting, idle and under load, on a real disk. */
class RestartTest {
  private static final int UNIT = 4096;
  private static final int LENGTH = 10 * UNIT + 1;
  private static final byte[] CONTENT = content(1, LENGTH);
  private static final RecordKey KEY = new RecordKey(RecordKind.HEAD, "a".repeat(32), "x");

  @TempDir Path folder;
  private final List<StoreException> unexpected = new CopyOnWriteArrayList<>();
  private Storage storage;

  @BeforeEach
  void open() throws StoreException {
    storage = Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST));
  }

  @AfterEach
  void close() throws StoreException {
    storage.close();
  }

  @Test
  void everythingIsStillThere() throws StoreException {
    put(storage.pieces(), piece(1, 2, 3), CONTENT, UNIT);
    storage.records().replace(KEY, List.of(), List.of(Bytes.of(CONTENT)));
    storage.close();
    open();
    assertArrayEquals(CONTENT, load(storage.pieces(), piece(1, 2, 3), LENGTH, UNIT));
    assertEquals(List.of(Bytes.of(CONTENT)), storage.records().get(KEY));
    assertTrue(storage.sweep().step(), "files may be gone after an orderly stop as well");
  }

  @Test
  void aPutGoesOnWhereItWas() throws StoreException {
    PieceId id = piece(1, 0, 0);
    storage.pieces().reserve(id, OWNER, LENGTH, UNIT, LEASE);
    storage.pieces().write(id, 0, ByteBuffer.wrap(CONTENT, 0, 5000));
    storage.close();
    open();
    assertEquals(
        LENGTH, storage.pieces().write(id, 5000, ByteBuffer.wrap(CONTENT, 5000, LENGTH - 5000)));
    storage.pieces().commit(id);
    assertArrayEquals(CONTENT, load(storage.pieces(), id, LENGTH, UNIT));
  }

  @Test
  void whatIsStoppedSaysSo() throws StoreException {
    storage.close();
    storage.close();
    assertProblem(Problem.NOT_READY, () -> storage.pieces().list(null, 1));
    assertProblem(Problem.NOT_READY, () -> storage.records().get(KEY));
  }

  @Test
  void aSecondStorageStaysOut() {
    assertProblem(Problem.IO, this::openAgain);
  }

  private void openAgain() throws StoreException {
    Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST)).close();
  }

  @Test
  void nothingAcknowledgedIsLostUnderLoad() throws Exception {
    Map<PieceId, byte[]> acknowledged = new ConcurrentHashMap<>();
    for (int round = 0; round < 5; round++) {
      List<Thread> writers = startWriters(round, acknowledged);
      storage.close();
      for (Thread writer : writers) {
        writer.join(10_000);
        assertFalse(writer.isAlive(), "a writer hangs after the stop");
      }
      open();
    }
    assertTrue(acknowledged.size() > 5, "nothing was written");
    for (Map.Entry<PieceId, byte[]> piece : acknowledged.entrySet()) {
      assertArrayEquals(piece.getValue(), load(storage.pieces(), piece.getKey(), LENGTH, UNIT));
    }
    assertEquals(0, storage.quarantine().taken());
    assertEquals(List.of(), unexpected);
  }

  /** Writers that go on until the storage stops; returns once some pieces are there. */
  private List<Thread> startWriters(int round, Map<PieceId, byte[]> acknowledged)
      throws InterruptedException {
    CountDownLatch some = new CountDownLatch(4);
    Storage current = storage;
    List<Thread> writers = new ArrayList<>();
    for (int writer = 0; writer < 4; writer++) {
      int number = round * 4 + writer;
      writers.add(new Thread(() -> writeUntilStopped(current, number, acknowledged, some)));
    }
    writers.forEach(Thread::start);
    some.await();
    return writers;
  }

  private void writeUntilStopped(
      Storage storage, int writer, Map<PieceId, byte[]> acknowledged, CountDownLatch some) {
    try {
      for (int segment = 0; ; segment++) {
        PieceId id = piece(writer, segment, 0);
        byte[] content = content(writer * 1000L + segment, LENGTH);
        put(storage.pieces(), id, content, UNIT);
        acknowledged.put(id, content);
        load(storage.pieces(), id, LENGTH, UNIT);
        some.countDown();
      }
    } catch (StoreException e) {
      if (e.problem() != Problem.NOT_READY) {
        unexpected.add(e);
      }
    }
  }

  @Test
  void onePiecesWritersTakeTurnsAndOthersGoAhead() throws Exception {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger failures = new AtomicInteger();
    for (int i = 0; i < 6; i++) {
      threads.add(new Thread(() -> putSame(failures)));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(0, failures.get());
    assertArrayEquals(CONTENT, load(storage.pieces(), piece(1, 0, 0), LENGTH, UNIT));
    assertEquals(1, storage.pieces().usage().pieces());
  }

  private void putSame(AtomicInteger failures) {
    try {
      storage.pieces().reserve(piece(1, 0, 0), OWNER, LENGTH, UNIT, LEASE);
      storage.pieces().write(piece(1, 0, 0), 0, ByteBuffer.wrap(CONTENT));
      storage.pieces().commit(piece(1, 0, 0));
    } catch (StoreException e) {
      // Not found: a faster one has committed it between our reserve and write.
      failures.addAndGet(e.problem() == Problem.NOT_FOUND ? 0 : 1);
    }
  }

  @Test
  void openFilesAreBounded() throws Exception {
    for (int i = 0; i < 200; i++) {
      put(storage.pieces(), piece(1, i, 0), content(i, 100), 64);
      storage.pieces().reserve(piece(2, i, 0), OWNER, 100, 64, LEASE);
      storage.pieces().write(piece(2, i, 0), 0, ByteBuffer.allocate(50));
    }
    for (int i = 0; i < 200; i++) {
      assertArrayEquals(content(i, 100), load(storage.pieces(), piece(1, i, 0), 100, 64));
    }
    try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
      long count = open.filter(this::isPiece).count();
      assertTrue(count > 0 && count <= 48, () -> count + " files of pieces are open");
    }
    for (int i = 0; i < 200; i++) {
      storage.pieces().write(piece(2, i, 0), 50, ByteBuffer.allocate(50));
      storage.pieces().commit(piece(2, i, 0));
    }
  }

  private boolean isPiece(Path descriptor) {
    try {
      String target = Files.readSymbolicLink(descriptor).toString();
      return target.startsWith(folder.toString()) && target.matches(".*\\.(piece|part)");
    } catch (IOException e) {
      return false; // closed meanwhile
    }
  }

  @Test
  void upkeepSweepsScrubsExpiresAndEnds() throws Exception {
    put(storage.pieces(), piece(1, 0, 0), CONTENT, UNIT);
    InstantSource later = () -> LEASE.plusSeconds(1);
    try (Upkeep upkeep =
        new Upkeep(
            storage,
            () -> 1,
            later,
            Duration.ofMinutes(1),
            Duration.ofDays(30),
            Duration.ZERO,
            new Failures("upkeep"))) {
      upkeep.start();
      long end = System.nanoTime() + 120_000_000_000L;
      while (!storage.pieces().list(null, 1).isEmpty() && System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
    assertEquals(List.of(), storage.pieces().list(null, 1));
    assertEquals(1, storage.counters().expired());
  }

  @Test
  void filesAreTheirOwnersAlone() throws Exception {
    put(storage.pieces(), piece(1, 0, 0), CONTENT, UNIT);
    Path file = new Layout(folder).piece(piece(1, 0, 0));
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    assertEquals(
        "rwx------",
        PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
  }

  @Test
  void noDriverStaysRegistered() {
    assertTrue(
        DriverManager.drivers().noneMatch(driver -> driver.getClass() == org.sqlite.JDBC.class));
  }
}
