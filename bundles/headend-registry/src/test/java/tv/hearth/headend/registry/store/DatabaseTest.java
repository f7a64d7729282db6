package tv.hearth.headend.registry.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sqlite.JDBC;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.headend.registry.fleet.Departure;
import tv.hearth.headend.registry.fleet.FleetBox;

class DatabaseTest {
  private static final Instant NOW = Instant.parse("2026-11-22T00:00:00Z");
  @TempDir Path temp;

  private static FleetBox box(char id, int key) {
    return new FleetBox(
        new BoxId(String.valueOf(id).repeat(32)),
        new FleetBox.Keys(
            Bytes.of(new byte[] {(byte) key}), Bytes.of(new byte[32]), Bytes.of(new byte[40])),
        "m",
        "p",
        7,
        MapBox.State.LEAVING,
        9,
        List.of(new Endpoint("direct4", "10.0.0.1", 7443)),
        NOW,
        NOW.plusSeconds(5),
        true);
  }

  @Test
  void whatIsPutIsThereAfterReopening() {
    Path file = temp.resolve("registry.db");
    try (Database database = new Database(file)) {
      FleetStore fleet = new FleetStore(database);
      fleet.put(box('a', 1));
      fleet.bind("claim", box('a', 1).id(), NOW);
      new MapStore(database).put(new MapStore.Stored(2, 33, new byte[] {4}));
    }
    try (Database database = new Database(file)) {
      FleetStore fleet = new FleetStore(database);
      assertEquals(List.of(box('a', 1)), fleet.boxes());
      assertEquals(Optional.of(box('a', 1)), fleet.bySigningKey(Bytes.of(new byte[] {1})));
      assertEquals(Optional.of(box('a', 1).id()), fleet.claimant("claim"));
      assertEquals(33, new MapStore(database).last().orElseThrow().version());
    }
  }

  @Test
  void aFileFromBeforeDeparturesIsTakenUpAndItsRemovedBoxesStayOut() throws Exception {
    Path file = temp.resolve("registry.db");
    try (Database database = new Database(file)) {
      FleetStore fleet = new FleetStore(database);
      fleet.put(box('a', 1));
      fleet.put(box('b', 2).removed(Departure.Why.SILENT, NOW));
    }
    try (Connection raw = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
        Statement statement = raw.createStatement()) {
      statement.execute("ALTER TABLE box DROP COLUMN departure");
      statement.execute("ALTER TABLE box DROP COLUMN departed");
    }
    try (Database database = new Database(file)) {
      FleetStore fleet = new FleetStore(database);
      assertEquals(box('a', 1), fleet.boxes().get(0));
      assertEquals(Departure.Why.OPERATOR, fleet.boxes().get(1).departure().why());
      assertEquals(1, fleet.members());
    }
  }

  @Test
  void theFirstReleaseOpensWhatThisOneWroteAndWhatItWritesIsTakenUp() throws Exception {
    Path file = temp.resolve("registry.db");
    try (Database database = new Database(file)) {
      new FleetStore(database).put(box('a', 1));
      new MapStore(database).put(new MapStore.Stored(2, 33, new byte[] {4}));
    }
    try (Connection raw = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
        Statement statement = raw.createStatement()) {
      try (var row = statement.executeQuery("PRAGMA user_version")) {
        assertEquals(1, row.getInt(1), "it refuses every other");
      }
      statement.execute(
          "INSERT OR REPLACE INTO map (one, epoch, version, signed) VALUES (1, 2, 34, x'05')");
      statement.execute("UPDATE box SET state = 'REMOVED'");
    }
    try (Database database = new Database(file)) {
      assertEquals(34, new MapStore(database).last().orElseThrow().version());
      assertEquals(0, new FleetStore(database).members());
    }
  }

  @Test
  void twoBoxesNeverShareASigningKey() {
    try (Database database = new Database(temp.resolve("registry.db"))) {
      FleetStore fleet = new FleetStore(database);
      fleet.put(box('a', 1));
      assertThrows(RegistryException.class, () -> fleet.put(box('b', 1)));
      assertEquals(1, fleet.boxes().size());
      fleet.put(box('b', 2));
      assertEquals(2, fleet.members());
    }
  }

  @Test
  void whatThrowsUndoesAll() throws Exception {
    try (Database database = new Database(temp.resolve("registry.db"))) {
      FleetStore fleet = new FleetStore(database);
      assertThrows(
          IOException.class,
          () ->
              fleet.transaction(
                  () -> {
                    fleet.put(box('a', 1));
                    throw new IOException("no");
                  }));
      assertEquals(List.of(), fleet.boxes());
    }
  }

  @Test
  void aNewerSchemaIsRefusedByName() throws Exception {
    Path file = temp.resolve("registry.db");
    try (Connection raw = new JDBC().connect("jdbc:sqlite:" + file, new Properties());
        Statement statement = raw.createStatement()) {
      statement.execute("PRAGMA user_version = 99");
    }
    RegistryException e = assertThrows(RegistryException.class, () -> new Database(file));
    assertTrue(e.getMessage().contains("schema is 99"), e.getMessage());
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    Path file = Files.writeString(temp.resolve("registry.db"), "not a database".repeat(100));
    RegistryException e = assertThrows(RegistryException.class, () -> new Database(file));
    assertTrue(e.getMessage().contains("registry.db"), e.getMessage());
  }

  @Test
  void noDriverStaysRegistered() {
    new Database(temp.resolve("registry.db")).close();
    assertTrue(
        Collections.list(DriverManager.getDrivers()).stream()
            .noneMatch(driver -> driver instanceof JDBC));
  }
}
