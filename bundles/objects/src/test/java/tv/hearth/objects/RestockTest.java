package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.objects.town.Await;
import tv.hearth.objects.town.Town;
import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** A box that has lost its records gets them from its neighbours. */
class RestockTest {
  @TempDir private Path folder;

  @Test
  void recordsComeBackAfterTheyWereLost() throws Exception {
    Seeds seeds = Seeds.random();
    try (Town town = new Town(folder, 8)) {
      for (int i = 0; i < 3; i++) {
        ObjectRef ref = ObjectRef.of(Shelf.HOUSEHOLD, "film " + i);
        Town.put(town.box(1), ref, DurabilityClass.HALF_PROOF, seeds.bytes(700_000));
      }
      Set<RecordKey> before = Set.copyOf(town.holder(0).allRecords().keySet());
      assertFalse(before.isEmpty());
      town.box(0).close();
      town.holder(0).restore(Map.of());
      town.start(0);
      Await.until(
          () -> "they are back, now " + town.holder(0).allRecords().size(),
          () -> town.holder(0).allRecords().keySet().containsAll(before));
    }
  }
}
