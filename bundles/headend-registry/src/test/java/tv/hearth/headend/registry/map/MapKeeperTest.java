package tv.hearth.headend.registry.map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.store.Database;
import tv.hearth.headend.registry.store.FleetStore;
import tv.hearth.headend.registry.store.MapStore;
import tv.hearth.headend.registry.store.RegistryException;
import tv.hearth.support.level.Levels;
import tv.hearth.support.record.MapRecord;
import tv.hearth.support.record.RecordException;

class MapKeeperTest {
  @TempDir Path temp;

  @Test
  void versionsThatAThiefDroveToTheirEndAreMendedByRaisingTheEpoch() throws Exception {
    OperatorKeys keys =
        OperatorKeys.create(temp.resolve("op"), "hamlet", Clock.systemUTC(), new SecureRandom());
    Instant now = Instant.now();
    Instant late = now.plus(Duration.ofDays(9));
    try (Database database = new Database(temp.resolve("registry.db"))) {
      MapKeeper first = keeper(keys, database);
      assertTrue(first.rebuild(now));
      MapStore store = new MapStore(database);
      store.put(new MapStore.Stored(0, MapRecord.MOST_VERSION, first.signed()));
      var e = assertThrows(RegistryException.class, () -> keeper(keys, database).rebuild(late));
      assertTrue(e.getMessage().contains("raise-epoch"), e.getMessage());
      keys.raiseEpoch();
      MapKeeper next = keeper(keys, database);
      assertTrue(next.rebuild(late));
      assertEquals(1, next.map().orElseThrow().version());
      assertEquals(1, next.map().orElseThrow().epoch());
    }
  }

  /**
   * What was written at a level stays, so the level does: over restarts, epochs and a lost disk.
   */
  @Test
  void theLevelIsRaisedAndNeverFalls() throws Exception {
    OperatorKeys keys =
        OperatorKeys.create(temp.resolve("op"), "hamlet", Clock.systemUTC(), new SecureRandom());
    Instant now = Instant.now();
    try (Database database = new Database(temp.resolve("registry.db"))) {
      MapKeeper first = keeper(keys, database, new Levels(1, 2));
      assertTrue(first.rebuild(now));
      assertEquals(1, first.map().orElseThrow().level());
      first.raise(2);
      assertTrue(first.rebuild(now), "the map shows it");
      assertEquals(2, first.map().orElseThrow().level());
      assertThrows(IllegalArgumentException.class, () -> first.raise(1));
      assertThrows(IllegalArgumentException.class, () -> first.raise(3));
      keys.raiseEpoch();
      MapKeeper next = keeper(keys, database, new Levels(1, 2));
      assertTrue(next.rebuild(now));
      assertEquals(2, next.map().orElseThrow().level());
      var old = assertThrows(RecordException.class, () -> keeper(keys, database, new Levels(1, 1)));
      assertTrue(old.getMessage().contains("is at level 2"), old.getMessage());
    }
  }

  private static MapKeeper keeper(OperatorKeys keys, Database database) throws Exception {
    return keeper(keys, database, Levels.KNOWN);
  }

  private static MapKeeper keeper(OperatorKeys keys, Database database, Levels known)
      throws Exception {
    return new MapKeeper(
        Credentials.read(keys.headendCredentials()),
        new FleetStore(database),
        new MapStore(database),
        Duration.ofDays(7),
        known);
  }
}
