package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static tv.hearth.tests.contracts.pieces.PieceSamples.LEASE;
import static tv.hearth.tests.contracts.pieces.PieceSamples.OWNER;
import static tv.hearth.tests.contracts.pieces.PieceSamples.content;
import static tv.hearth.tests.contracts.pieces.PieceSamples.load;
import static tv.hearth.tests.contracts.pieces.PieceSamples.piece;
import static tv.hearth.tests.contracts.pieces.PieceSamples.put;
import static tv.hearth.tests.contracts.pieces.PieceStoreContract.assertProblem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.PieceId;

/** A disk that is full, read-only or failing: named errors, and nothing lost. */
class DiskFaultsTest {
  private static final int UNIT = 1024;
  private static final int LENGTH = 4 * UNIT;
  private static final byte[] CONTENT = content(1, LENGTH);
  private static final PieceId THERE = piece(1, 0, 0);
  private static final PieceId NEW = piece(2, 0, 0);

  @TempDir Path folder;
  private final MemoryLayer files = new MemoryLayer();
  private Storage storage;
  private PieceStore store;

  @BeforeEach
  void fill() throws StoreException {
    storage =
        Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST), files, PieceHeader.NO_BOOT);
    store = storage.pieces();
    put(store, THERE, CONTENT, UNIT);
  }

  @AfterEach
  void close() throws StoreException {
    files.fault((operation, path) -> {});
    storage.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "force", "move", "syncFolder"})
  void aFullDiskIsNamedAndThePutSucceedsOnceThereIsRoom(String operation) throws Exception {
    failing(operation, "No space left on device");
    assertProblem(Problem.DISK_FULL, () -> put(store, NEW, CONTENT, UNIT));
    nothingIsLost();
    files.fault((any, path) -> {});
    put(store, NEW, CONTENT, UNIT);
    assertArrayEquals(CONTENT, load(store, NEW, LENGTH, UNIT));
    assertEquals(0, store.usage().reserved());
  }

  @ParameterizedTest
  @ValueSource(strings = {"create", "write", "force", "move", "syncFolder"})
  void aReadOnlyDiskIsNamedAndReadsGoOn(String operation) throws Exception {
    failing(operation, "Read-only file system");
    assertProblem(Problem.READ_ONLY, () -> put(store, NEW, CONTENT, UNIT));
    assertEquals(HealthProbe.State.FAILED, new StorageReadings(storage).health().state());
    nothingIsLost();
  }

  @Test
  void aReadOnlyDiskRefusesToKeepAndDeletesWhatWasMarkedLater() throws Exception {
    failing("delete", "Read-only file system");
    assertProblem(Problem.READ_ONLY, () -> store.delete(THERE.object(), OWNER));
    assertEquals(List.of(), store.list(null, 10));
    files.fault((any, path) -> {});
    storage.store().finishDeletes();
    assertEquals(0, store.usage().used());
    put(store, THERE, CONTENT, UNIT);
    failing("create", "Read-only file system");
    assertProblem(Problem.READ_ONLY, () -> store.keep(THERE.object(), OWNER, Instant.MAX));
    assertEquals(LEASE, store.stat(THERE).orElseThrow().keepUntil());
  }

  @Test
  void afterAFailedSyncBytesAreWrittenAnew() throws Exception {
    store.reserve(NEW, OWNER, LENGTH, UNIT, LEASE);
    store.write(NEW, 0, ByteBuffer.wrap(CONTENT));
    failing("force", "Input/output error");
    assertProblem(Problem.IO, () -> store.commit(NEW));
    files.fault((any, path) -> {});
    assertProblem(Problem.CONFLICT, () -> store.commit(NEW));
    assertEquals(LENGTH, store.write(NEW, 0, ByteBuffer.wrap(CONTENT)));
    store.commit(NEW);
    assertArrayEquals(CONTENT, load(store, NEW, LENGTH, UNIT));
  }

  /** Whatever the system's language, and whatever a folder is called. */
  @Test
  void theDisksStateNamesAnErrorAndNoPathDoes() {
    Path odd = Path.of("/data/read-only/no space left");
    assertEquals(Problem.IO, named(odd, "Input/output error"));
    assertEquals(Problem.READ_ONLY, named(odd, "Read-only file system"));
    files.free(0);
    assertEquals(Problem.DISK_FULL, named(odd, "Auf dem Gerät ist kein Speicherplatz"));
    files.readOnly(true);
    assertEquals(Problem.READ_ONLY, named(odd, "Das Dateisystem ist nur lesbar"));
    IOException gone = new NoSuchFileException(odd.toString());
    assertEquals(Problem.IO, DiskErrors.of("reading", gone, files, folder).problem());
  }

  private Problem named(Path path, String reason) {
    IOException failure = new FileSystemException(path.toString(), null, reason);
    return DiskErrors.of("writing", failure, files, folder).problem();
  }

  @Test
  void anErrorWhileReadingIsNoDamage() throws Exception {
    failing("read", "Input/output error");
    assertProblem(Problem.IO, () -> load(store, THERE, LENGTH, UNIT));
    nothingIsLost();
  }

  @Test
  void theDiskIsNeverFilledUp() throws Exception {
    long keepFree = 1 << 20;
    storage.close();
    storage =
        Storage.open(
            new StorageSettings(
                folder,
                () -> Limits.LEAST,
                owner -> 1,
                keepFree,
                0.1,
                10,
                1000,
                java.time.InstantSource.system()),
            files,
            PieceHeader.NO_BOOT);
    store = storage.pieces();
    files.free(keepFree + 2 * PieceHeader.footprint(LENGTH, UNIT) - 1);
    store.reserve(NEW, OWNER, LENGTH, UNIT, LEASE);
    assertProblem(
        Problem.DISK_FULL, () -> store.reserve(piece(3, 0, 0), OWNER, LENGTH, UNIT, LEASE));
    store.abort(NEW);
    store.reserve(piece(3, 0, 0), OWNER, LENGTH, UNIT, LEASE);
  }

  private void nothingIsLost() throws StoreException {
    files.fault((any, path) -> {});
    assertEquals(1, store.list(null, 10).size());
    assertArrayEquals(CONTENT, load(store, THERE, LENGTH, UNIT));
  }

  private void failing(String operation, String reason) {
    files.fault(
        (current, path) -> {
          if (current.equals(operation)) {
            fail(operation, path, reason);
          }
        });
  }

  /** As the JDK tells it: with the file's name where a path was given, else without. */
  private static void fail(String operation, Path path, String reason) throws IOException {
    throw operation.equals("write") || operation.equals("force")
        ? new IOException(reason)
        : new FileSystemException(path.toString(), null, reason);
  }

  /** The system's words are in the system's language: the disk is asked, not they. */
  @Test
  void aFullDiskIsNamedInAnyLanguage() {
    failing("create", "Auf dem Ger\u00e4t ist kein Speicherplatz mehr verf\u00fcgbar");
    assertProblem(Problem.IO, () -> put(store, NEW, CONTENT, UNIT));
    files.readOnly(true);
    assertProblem(Problem.READ_ONLY, () -> put(store, NEW, CONTENT, UNIT));
    files.readOnly(false);
    files.free(1000);
    assertProblem(Problem.DISK_FULL, () -> store.keep(THERE.object(), OWNER, Instant.MAX));
  }

  /** Nobody need fail at a write first for health to say that none would do. */
  @ParameterizedTest
  @ValueSource(strings = {"No space left on device", "Read-only file system", "Input/output error"})
  void healthSaysThatTheDiskTakesNothing(String reason) throws Exception {
    StorageReadings readings = new StorageReadings(storage);
    storage.lookAtDisk();
    assertEquals(HealthProbe.Health.OK, readings.health());
    failing("write", reason);
    storage.lookAtDisk();
    assertEquals(HealthProbe.State.FAILED, readings.health().state());
    files.fault((any, path) -> {});
    storage.lookAtDisk();
    assertEquals(HealthProbe.Health.OK, readings.health());
  }
}
