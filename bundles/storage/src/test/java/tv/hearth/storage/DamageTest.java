package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.pieces.PieceSamples.OWNER;
import static tv.hearth.tests.contracts.pieces.PieceSamples.content;
import static tv.hearth.tests.contracts.pieces.PieceSamples.load;
import static tv.hearth.tests.contracts.pieces.PieceSamples.piece;
import static tv.hearth.tests.contracts.pieces.PieceSamples.put;
import static tv.hearth.tests.contracts.pieces.PieceStoreContract.assertProblem;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.PieceId;

/** Files and index that are not as they were left. */
class DamageTest {
  private static final int UNIT = 1024;
  private static final int LENGTH = 4 * UNIT;
  private static final byte[] CONTENT = content(1, LENGTH);
  private static final byte[] OTHER = content(2, LENGTH);
  private static final PieceId ID = piece(1, 0, 0);
  private static final PieceId SECOND = piece(2, 3, 4);

  @TempDir Path folder;
  private Storage storage;
  private Layout layout;

  @BeforeEach
  void fill() throws StoreException {
    layout = new Layout(folder);
    open();
    put(storage.pieces(), ID, CONTENT, UNIT);
    put(storage.pieces(), SECOND, OTHER, UNIT);
  }

  @AfterEach
  void close() throws StoreException {
    storage.close();
  }

  /** Header, its check sum, first and last unit, first and last unit hash. */
  @ParameterizedTest
  @ValueSource(ints = {0, 20, 60, 100, 170, 4096, 4096 + 4095, 8192, 8192 + 127})
  void aFlippedBitIsFoundAndThePieceSetAside(int at) throws Exception {
    storage.close();
    flip(layout.piece(ID), at);
    open();
    isSetAside(() -> load(storage.pieces(), ID, LENGTH, UNIT));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 100, 192, 4096, 5000, 8192, 8319})
  void aFileCutShortIsSetAside(int length) throws Exception {
    storage.close();
    try (FileChannel file = FileChannel.open(layout.piece(ID), StandardOpenOption.WRITE)) {
      file.truncate(length);
    }
    open();
    isSetAside(() -> storage.pieces().read(ID, 0, 1, ByteBuffer.allocate(UNIT)));
  }

  @Test
  void anotherPiecesFileIsSetAside() throws Exception {
    storage.close();
    Files.copy(layout.piece(SECOND), layout.piece(ID), StandardCopyOption.REPLACE_EXISTING);
    open();
    isSetAside(() -> load(storage.pieces(), ID, LENGTH, UNIT));
  }

  @Test
  void aFileThatIsGoneIsDamage() throws Exception {
    storage.close();
    Files.delete(layout.piece(ID));
    open();
    assertProblem(Problem.DAMAGED, () -> load(storage.pieces(), ID, LENGTH, UNIT));
    onlyTheSecondIsLeft();
  }

  @Test
  void damageUnderAnOpenFileIsFoundToo() throws Exception {
    load(storage.pieces(), ID, LENGTH, UNIT);
    flip(layout.piece(ID), 4096 + UNIT);
    assertEquals(UNIT, storage.pieces().read(ID, 0, 1, ByteBuffer.allocate(UNIT)));
    ByteBuffer into = ByteBuffer.allocate(LENGTH).position(7);
    assertProblem(Problem.DAMAGED, () -> storage.pieces().read(ID, 1, 1, into));
    assertEquals(7, into.position());
    isCountedAndHealthSaysSo();
  }

  @Test
  void theScrubFindsDamageAndGoesOn() throws Exception {
    storage.close();
    flip(layout.piece(ID), 4096 + 3 * UNIT);
    open();
    assertEquals(new PieceStore.ScrubReport(2, List.of(ID)), storage.pieces().scrub(10));
    onlyTheSecondIsLeft();
  }

  @Test
  void aDamagedPieceCanBePutAnew() throws Exception {
    storage.close();
    flip(layout.piece(ID), 4096);
    open();
    assertProblem(Problem.DAMAGED, () -> load(storage.pieces(), ID, LENGTH, UNIT));
    put(storage.pieces(), ID, CONTENT, UNIT);
    assertArrayEquals(CONTENT, load(storage.pieces(), ID, LENGTH, UNIT));
  }

  @Test
  void theQuarantineIsBounded() throws Exception {
    for (int i = 0; i < 40; i++) {
      put(storage.pieces(), piece(5, i, 0), CONTENT, UNIT);
      flip(layout.piece(piece(5, i, 0)), 4096);
      int segment = i;
      assertProblem(
          Problem.DAMAGED, () -> load(storage.pieces(), piece(5, segment, 0), LENGTH, UNIT));
    }
    try (Stream<Path> held = Files.list(layout.damaged())) {
      assertEquals(16, held.count());
    }
    assertEquals(16 * PieceHeader.footprint(LENGTH, UNIT), storage.quarantine().bytes());
    storage.close();
    open();
    assertEquals(16 * PieceHeader.footprint(LENGTH, UNIT), storage.quarantine().bytes());
  }

  @Test
  void anIndexThatIsWrongIsMendedFromTheFile() throws Exception {
    change("UPDATE piece SET length = 100, root = zeroblob(32) WHERE segment = 3");
    assertArrayEquals(OTHER, load(storage.pieces(), SECOND, LENGTH, UNIT));
    assertEquals(LENGTH, storage.pieces().stat(SECOND).orElseThrow().length());
    assertEquals(2 * PieceHeader.footprint(LENGTH, UNIT), storage.pieces().usage().used());
  }

  @Test
  void anIndexRowUnderAnotherNameServesNoWrongBytes() throws Exception {
    change("UPDATE piece SET segment = 9 WHERE segment = 3");
    PieceId wrong = new PieceId(SECOND.object(), 9, SECOND.index());
    assertProblem(Problem.DAMAGED, () -> load(storage.pieces(), wrong, LENGTH, UNIT));
    storage.sweep().setDue();
    while (storage.sweep().step()) {
      assertEquals(0, storage.pieces().usage().reserved());
    }
    assertArrayEquals(OTHER, load(storage.pieces(), SECOND, LENGTH, UNIT));
  }

  @Test
  void aMissingIndexIsMadeFromTheFiles() throws Exception {
    storage.pieces().keep(ID.object(), OWNER, Instant.MAX);
    List<PieceInfo> before = storage.pieces().list(null, 10);
    storage.close();
    Files.delete(layout.index());
    open();
    assertEquals(before, storage.pieces().list(null, 10));
    assertEquals(1, storage.rebuilt());
    assertEquals(2 * PieceHeader.footprint(LENGTH, UNIT), storage.pieces().usage().used());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no database", ""})
  void aBrokenIndexIsMadeFromTheFiles(String garbage) throws Exception {
    List<PieceInfo> before = storage.pieces().list(null, 10);
    storage.close();
    Files.writeString(layout.index(), garbage.repeat(1000));
    open();
    assertEquals(before, storage.pieces().list(null, 10));
  }

  @Test
  void anIndexThatBreaksWhileRunningIsMadeAnew() throws Exception {
    List<PieceInfo> before = storage.pieces().list(null, 10);
    try (Connection connection = connect(layout.index());
        Statement statement = connection.createStatement();
        FileChannel file = FileChannel.open(layout.index(), StandardOpenOption.WRITE)) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
      file.write(ByteBuffer.wrap(content(3, (int) file.size() - 4096)), 4096);
      statement.execute("PRAGMA user_version = 1"); // a change, which makes caches be read anew
    }
    assertEquals(before, storage.pieces().list(null, 10));
    assertEquals(2, storage.rebuilt(), "the first, empty one counts");
    put(storage.pieces(), piece(9, 0, 0), CONTENT, UNIT);
    assertEquals(3, storage.pieces().list(null, 10).size());
  }

  @Test
  void anIndexOfAnotherVersionIsMadeAnew() throws Exception {
    storage.close();
    try (Connection connection = connect(layout.index());
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA user_version = 77");
    }
    open();
    assertEquals(2, storage.pieces().list(null, 10).size());
  }

  @Test
  void makingTheIndexSetsBrokenFilesAsideAndLeavesStrangersAlone() throws Exception {
    storage.close();
    flip(layout.piece(ID), 20);
    Path stranger = layout.piece(ID).resolveSibling("notes.txt");
    Files.writeString(stranger, "by hand");
    Files.delete(layout.index());
    open();
    onlyTheSecondIsLeft();
    assertTrue(Files.exists(stranger));
    assertEquals(1, storage.quarantine().taken());
  }

  @Test
  void aLaterReleasesPieceIsLeftAlone() throws Exception {
    storage.close();
    try (FileChannel file = FileChannel.open(layout.piece(ID), StandardOpenOption.WRITE)) {
      file.write(ByteBuffer.wrap(new byte[] {0, 2}), 8);
    }
    open();
    assertProblem(Problem.IO, () -> load(storage.pieces(), ID, LENGTH, UNIT));
    assertTrue(Files.exists(layout.piece(ID)));
    assertEquals(0, storage.quarantine().taken());
  }

  @Test
  void brokenRecordsAreSetAsideAndHealthSaysSo() throws Exception {
    storage.close();
    Files.write(layout.records(), content(4, 20_000));
    open();
    assertTrue(Files.exists(folder.resolve("records.db.damaged")));
    assertEquals(HealthProbe.State.DEGRADED, new StorageReadings(storage).health().state());
  }

  private interface Use {
    void run() throws StoreException;
  }

  private void isSetAside(Use use) throws Exception {
    assertProblem(Problem.DAMAGED, use::run);
    onlyTheSecondIsLeft();
    try (Stream<Path> held = Files.list(layout.damaged())) {
      assertEquals(1, held.count());
    }
    isCountedAndHealthSaysSo();
  }

  private void isCountedAndHealthSaysSo() {
    StorageReadings readings = new StorageReadings(storage);
    assertTrue(
        readings.meters().stream()
            .anyMatch(m -> m.name().equals("storage.damaged.count") && m.value() == 1));
    assertEquals(HealthProbe.State.DEGRADED, readings.health().state());
  }

  private void onlyTheSecondIsLeft() throws StoreException {
    assertEquals(
        List.of(SECOND), storage.pieces().list(null, 10).stream().map(PieceInfo::piece).toList());
    assertArrayEquals(OTHER, load(storage.pieces(), SECOND, LENGTH, UNIT));
    assertEquals(PieceHeader.footprint(LENGTH, UNIT), storage.pieces().usage().used());
    assertProblem(Problem.NOT_FOUND, () -> load(storage.pieces(), ID, LENGTH, UNIT));
  }

  private void open() throws StoreException {
    storage = Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST));
  }

  private void change(String sql) throws SQLException, StoreException {
    storage.close();
    try (Connection connection = connect(layout.index());
        Statement statement = connection.createStatement()) {
      assertEquals(1, statement.executeUpdate(sql));
    }
    open();
  }

  private static Connection connect(Path database) throws SQLException {
    return new org.sqlite.JDBC().connect("jdbc:sqlite:" + database, new java.util.Properties());
  }

  private static void flip(Path file, int at) throws IOException {
    byte[] bytes = Files.readAllBytes(file);
    bytes[at] ^= 1;
    Files.write(file, bytes);
  }

  /** A row without a file keeps no promise: asking for it says so, and all others are looked at. */
  @Test
  void aMissingFileIsNoticedWhenItIsAskedForAndTheOthersWithIt() throws Exception {
    while (storage.sweep().step()) {
      assertEquals(2, storage.room().pieces());
    }
    Files.delete(layout.piece(ID));
    Files.delete(layout.piece(SECOND));
    assertEquals(java.util.Optional.empty(), storage.pieces().stat(ID));
    assertEquals(1, storage.room().pieces());
    for (boolean more = true; more; ) {
      more = storage.sweep().step();
    }
    assertEquals(2, storage.quarantine().taken());
    assertEquals(0, storage.room().pieces());
    assertEquals(
        tv.hearth.api.health.HealthProbe.State.DEGRADED,
        new StorageReadings(storage).health().state());
  }

  /** An index that is gone and can't be made again is told as that, and comes back by itself. */
  @Test
  void callersAreToldWhileThereIsNoIndex() throws Exception {
    java.util.concurrent.atomic.AtomicBoolean full =
        new java.util.concurrent.atomic.AtomicBoolean();
    Path path = folder.resolve("other.db");
    try (IndexFile file =
        new IndexFile(
            path,
            empty -> {
              if (full.get()) {
                throw new IOException("No space left on device");
              }
              return 0;
            })) {
      file.open(false);
      PieceIndex index = new PieceIndex(file);
      full.set(true);
      org.junit.jupiter.api.Assertions.assertThrows(
          IndexFile.NotReadyException.class, () -> file.read(this::broken));
      org.junit.jupiter.api.Assertions.assertThrows(
          IndexFile.NotReadyException.class, () -> index.find(ID));
      assertTrue(file.trouble().contains("No space left"), file.trouble());
    }
  }

  private Object broken(Connection connection) throws SQLException {
    throw new org.sqlite.SQLiteException("malformed", org.sqlite.SQLiteErrorCode.SQLITE_CORRUPT);
  }
}
