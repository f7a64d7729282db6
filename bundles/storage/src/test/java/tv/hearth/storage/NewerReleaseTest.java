package tv.hearth.storage;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.pieces.PieceSamples.content;
import static tv.hearth.tests.contracts.pieces.PieceSamples.load;
import static tv.hearth.tests.contracts.pieces.PieceSamples.piece;
import static tv.hearth.tests.contracts.pieces.PieceSamples.put;
import static tv.hearth.tests.contracts.pieces.PieceStoreContract.assertProblem;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;
import tv.hearth.api.budget.Limits;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.Bytes;

/** Storage over what a newer release's storage wrote, before that release was taken back. */
class NewerReleaseTest {
  private static final int LENGTH = 3000;
  private static final RecordKey KEY = new RecordKey(RecordKind.HEAD, "a".repeat(32), "one");
  private static final RecordKey OTHER = new RecordKey(RecordKind.HEAD, "a".repeat(32), "two");
  private static final Bytes BODY = Bytes.of(new byte[] {1, 2, 3});

  @TempDir private Path folder;
  private Layout layout;
  private Storage storage;

  @BeforeEach
  void holdsAPieceAndARecord() throws Exception {
    layout = new Layout(folder);
    open();
    put(storage.pieces(), piece(1, 0, 0), content(1, LENGTH), 64);
    assertTrue(storage.records().replace(KEY, List.of(), List.of(BODY)));
  }

  @AfterEach
  void close() throws StoreException {
    storage.close();
  }

  @Test
  void tablesThatOnlyGrewAreUsedAndWhatIsNewInThemStays() throws Exception {
    migrated(
        "ALTER TABLE record ADD COLUMN heat INTEGER NOT NULL DEFAULT 7",
        "ALTER TABLE held ADD COLUMN oldest INTEGER",
        "CREATE TABLE ledger(day INTEGER PRIMARY KEY, bytes INTEGER NOT NULL)",
        "INSERT INTO ledger VALUES(1, 2)",
        "CREATE INDEX record_heat ON record(heat)",
        "PRAGMA user_version = 2");
    isWhole();
    assertEquals(HealthProbe.Health.OK, health());
    assertTrue(storage.records().replace(KEY, List.of(BODY), List.of(BODY, BODY)));
    assertTrue(storage.records().replace(OTHER, List.of(), List.of(BODY)));
    storage.close();
    assertEquals(2, ask("PRAGMA user_version"), "the newer release need not migrate again");
    assertEquals(2, ask("SELECT bytes FROM ledger"));
    assertEquals(3, ask("SELECT count(*) FROM record WHERE heat = 7"));
    open();
    assertEquals(List.of(BODY, BODY), storage.records().get(KEY));
  }

  @Test
  void tablesThatMeanSomethingElseAreReadAndNotWritten() throws Exception {
    migrated("CREATE TABLE format(least INTEGER)", "INSERT INTO format VALUES(2)", version(2));
    isReadOnly();
  }

  @Test
  void tablesThatRefuseWhatIsWrittenAreRead() throws Exception {
    migrated(
        "CREATE TRIGGER strict BEFORE INSERT ON record BEGIN"
            + " SELECT RAISE(ABORT, 'a newer release writes otherwise'); END",
        version(3));
    isReadOnly();
  }

  @Test
  void anOldestReaderThatThisReleaseIsKeepsNothingFromIt() throws Exception {
    migrated("CREATE TABLE format(least INTEGER)", "INSERT INTO format VALUES(1)", version(9));
    isWhole();
    assertTrue(storage.records().replace(OTHER, List.of(), List.of(BODY)));
  }

  @Test
  void tablesThatCantBeReadLieBesideAndTheRestGoesOn() throws Exception {
    migrated("ALTER TABLE record RENAME TO records", version(2));
    assertArrayEquals(content(1, LENGTH), load(storage.pieces(), piece(1, 0, 0), LENGTH, 64));
    assertEquals(List.of(), storage.records().get(KEY));
    assertTrue(storage.records().replace(KEY, List.of(), List.of(BODY)));
    assertTrue(storage.isRecordsLost(), "so that neighbours are asked for them");
    assertTrue(Files.exists(folder.resolve("records.db.newer")));
    assertEquals(HealthProbe.State.DEGRADED, health().state());
    assertTrue(health().reason().contains("newer"), health().reason());
  }

  /** Nothing is told by the number: tables are looked at. */
  @Test
  void aTryLeavesNothingBehind() throws Exception {
    migrated(version(2));
    storage.close();
    assertEquals(1, ask("SELECT count(*) FROM record"));
    assertEquals(1, ask("SELECT count(*) FROM held"));
    open();
  }

  private void isWhole() throws StoreException {
    assertEquals(List.of(BODY), storage.records().get(KEY));
    assertEquals(1, storage.pieces().list(null, 10).size());
    assertFalse(storage.isRecordsLost());
  }

  private void isReadOnly() throws Exception {
    isWhole();
    assertProblem(
        Problem.READ_ONLY, () -> storage.records().replace(OTHER, List.of(), List.of(BODY)));
    assertEquals(HealthProbe.State.DEGRADED, health().state());
    assertTrue(health().reason().contains("records.db is of schema"), health().reason());
    put(storage.pieces(), piece(2, 0, 0), content(2, LENGTH), 64);
    assertEquals(2, storage.pieces().list(null, 10).size());
  }

  private HealthProbe.Health health() {
    return new StorageReadings(storage).health();
  }

  private static String version(int schema) {
    return "PRAGMA user_version = " + schema;
  }

  private void migrated(String... statements) throws Exception {
    storage.close();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    open();
  }

  private int ask(String query) throws Exception {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        var row = statement.executeQuery(query)) {
      return row.next() ? row.getInt(1) : -1;
    }
  }

  private Connection connect() throws Exception {
    return new JDBC().connect("jdbc:sqlite:" + layout.records(), new Properties());
  }

  private void open() throws StoreException {
    storage = Storage.open(StorageSettings.plain(folder, () -> Limits.LEAST));
  }
}
