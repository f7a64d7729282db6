package tv.hearth.update.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.State.Step;

/**
 * The power is cut before every single change that an update makes to the disk or the framework,
 * and in the middle of every write. What was not synced is lost or torn. After each the box has
 * wholly the old set or wholly the new one, before the update agent even runs.
 */
class CrashTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void everyPointOfAnUpdate(long seed) throws Exception {
    int points = 0;
    for (long at = 0; cutAt(at, seed, Map.of()); at++) {
      points++;
    }
    assertTrue(points > 100, "only " + points + " points");
  }

  @ParameterizedTest
  @ValueSource(longs = {4, 5, 6})
  void everyPointOfAnUpdateThatRollsBack(long seed) throws Exception {
    int points = 0;
    while (cutAt(points, seed, Map.of("tv.hearth.storage", "sick"))) {
      points++;
    }
    assertTrue(points > 100, "only " + points + " points");
  }

  @Test
  void powerThatIsCutAgainAndAgain() throws Exception {
    for (long seed = 100; seed < 400; seed++) {
      Random random = new Random(seed);
      World world = world(Map.of());
      world.begin("op", world.release("2", 1, World.NEXT));
      int cuts = 0;
      while (true) {
        world.power.offAfter(random.nextInt(cuts < 6 ? 60 : 10_000));
        try {
          if (cuts > 0) {
            world.reboot(random);
            assertWhole(world, seed, cuts);
          }
          world.run();
          break;
        } catch (Crash crash) {
          cuts++;
        }
      }
      world.power.offAfter(-1);
      assertWhole(world, seed, cuts);
      assertTrue(world.operation("op").isEnded(), () -> "seed");
    }
  }

  /** False where the update was over before. */
  private static boolean cutAt(long at, long seed, Map<String, String> sick) throws Exception {
    World world = world(sick);
    world.begin("op", world.release("2", 1, World.NEXT));
    world.power.offAfter(at);
    boolean cut = false;
    try {
      world.run();
    } catch (Crash crash) {
      cut = true;
    }
    world.power.offAfter(-1);
    if (cut) {
      world.reboot(new Random(seed * 1_000_003 + at));
      assertWhole(world, seed, at);
      world.run();
    }
    OperationRecord operation = world.operation("op");
    String context = "seed " + seed + ", point " + at + ": " + operation;
    assertEquals(sick.isEmpty() ? "COMMITTED" : "ROLLED_BACK", operation.phase(), context);
    assertEquals(Step.IDLE, world.state().step(), context);
    assertEquals(sick.isEmpty() ? World.NEXT : World.FIRMWARE, world.frame.contents(), context);
    assertEquals(Set.copyOf(world.frame.contents().keySet()), world.frame.active(), context);
    return cut;
  }

  private static World world(Map<String, String> sick) {
    World world = new World();
    world.eachSecond =
        () -> {
          world.ailing.clear();
          if (world.frame.contents().containsKey("tv.hearth.new")) {
            world.ailing.putAll(sick);
          }
        };
    return world;
  }

  private static void assertWhole(World world, long seed, long at) {
    Map<String, String> is = world.frame.contents();
    assertTrue(
        is.equals(World.FIRMWARE) || is.equals(World.NEXT),
        () -> "seed " + seed + ", point " + at + ": neither old nor new but " + is);
  }
}
