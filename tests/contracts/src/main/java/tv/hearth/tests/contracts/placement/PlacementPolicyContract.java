package tv.hearth.tests.contracts.placement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.placement.MapSamples.apart;
import static tv.hearth.tests.contracts.placement.MapSamples.box;
import static tv.hearth.tests.contracts.placement.MapSamples.clustered;
import static tv.hearth.tests.contracts.placement.MapSamples.id;
import static tv.hearth.tests.contracts.placement.MapSamples.key;
import static tv.hearth.tests.contracts.placement.MapSamples.map;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.placement.PlacementPolicy.Group;
import tv.hearth.api.placement.TooFewBoxesException;
import tv.hearth.api.value.BoxId;

/** What every {@link PlacementPolicy} must do. */
public abstract class PlacementPolicyContract {
  private static final long SEED = seed();
  private static final String NOTE = "-Dhearth.seed=" + SEED;
  private static final int ROUNDS = 200;

  private final SplittableRandom random = new SplittableRandom(SEED);

  /** The policy under test. */
  protected abstract PlacementPolicy policy();

  @Test
  public void groupsAreDistinctBoxesThatTakePieces() throws TooFewBoxesException {
    List<MapBox> boxes = apart(30);
    boxes.set(3, box(3, "pid3", 0));
    boxes.set(4, box(4, "pid4", 100, MapBox.State.INGEST));
    boxes.set(5, box(5, "pid5", 100, MapBox.State.LEAVING));
    boxes.set(6, box(6, "pid6", 100, MapBox.State.REMOVED));
    Set<BoxId> never = Set.of(id(3), id(4), id(5), id(6), id(7));
    for (int i = 0; i < ROUNDS; i++) {
      Group group = policy().group(map(boxes), key(random.nextLong()), 16, 20, Set.of(id(7)), 9);
      Set<BoxId> all = new HashSet<>(group.holders());
      all.addAll(group.spares());
      assertEquals(20, group.holders().size(), NOTE);
      assertEquals(5, group.spares().size(), NOTE);
      assertEquals(25, all.size(), NOTE);
      assertTrue(Collections.disjoint(all, never), NOTE);
    }
  }

  @Test
  public void tooFewBoxesAreCounted() {
    TooFewBoxesException thrown =
        assertThrows(
            TooFewBoxesException.class,
            () -> policy().group(map(apart(20)), key(1), 16, 20, Set.of(id(0)), 0));
    assertEquals(20, thrown.wanted());
    assertEquals(19, thrown.available());
  }

  @Test
  public void numbersThatCannotBeAreRefused() {
    for (int[] kn : new int[][] {{0, 5}, {6, 5}, {1, 256}, {-1, 5}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> policy().group(map(apart(300)), key(1), kn[0], kn[1], Set.of(), 0));
    }
  }

  @Test
  public void theMapsOrderAndVersionDoNotMatter() throws TooFewBoxesException {
    for (int i = 0; i < ROUNDS; i++) {
      List<MapBox> boxes = randomBoxes(40);
      Group first = policy().group(map(boxes), key(i), 5, 12, Set.of(), 4);
      Collections.shuffle(boxes, new java.util.Random(random.nextLong()));
      BoxMap later = new BoxMap("other", 7, 99, java.time.Instant.EPOCH, boxes, Map.of());
      assertEquals(first, policy().group(later, key(i), 5, 12, Set.of(), 4), NOTE);
    }
  }

  @Test
  public void noLocationHasMoreThanItsCapWhereThereIsRoom() throws TooFewBoxesException {
    for (int i = 0; i < ROUNDS; i++) {
      // 10 locations of 6: a cap of 2 leaves room for exactly 20
      Group group =
          policy().group(map(clustered(60, 6)), key(random.nextLong()), 16, 20, Set.of(), 9);
      assertEquals(2, most(group.holders(), clustered(60, 6)), NOTE);
    }
  }

  @Test
  public void theCapIsRelaxedByNoMoreThanNeeded() throws TooFewBoxesException {
    for (int i = 0; i < ROUNDS; i++) {
      List<MapBox> boxes = clustered(24, 8); // 3 locations, 20 wanted: 7 each at least
      Group group = policy().group(map(boxes), key(random.nextLong()), 16, 20, Set.of(), 4);
      assertEquals(7, most(group.holders(), boxes), NOTE);
      List<MapBox> together = clustered(24, 24);
      assertEquals(20, policy().group(map(together), key(i), 16, 20, Set.of(), 0).holders().size());
    }
  }

  @Test
  public void piecesAreSharedOutByWeight() throws TooFewBoxesException {
    List<MapBox> boxes = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      boxes.add(box(i, "pid" + i, 1 + i % 4));
    }
    BoxMap map = map(boxes);
    double[] held = new double[5];
    for (int i = 0; i < 4000; i++) {
      Group group = policy().group(map, key(random.nextLong()), 1, 4, Set.of(), 0);
      group.holders().forEach(holder -> held[map.box(holder).orElseThrow().weight()]++);
    }
    for (int weight = 1; weight <= 4; weight++) {
      double expected = 16_000 * weight / 10.0;
      assertEquals(expected, held[weight], expected * 0.08, "weight " + weight + ", " + NOTE);
    }
  }

  /** Whoever goes is replaced; nobody else moves. */
  @Test
  public void whenABoxLeavesOnlyItsPiecesMove() throws TooFewBoxesException {
    List<MapBox> boxes = apart(50);
    BoxMap before = map(boxes);
    BoxMap after = map(boxes.subList(1, 50));
    for (int i = 0; i < ROUNDS; i++) {
      Group old = policy().group(before, key(i), 5, 12, Set.of(), 1);
      Set<BoxId> expected = new HashSet<>(old.holders());
      if (expected.remove(id(0))) {
        expected.add(old.spares().get(0));
      }
      Group next = policy().group(after, key(i), 5, 12, Set.of(), 0);
      assertEquals(expected, Set.copyOf(next.holders()), NOTE);
    }
  }

  @Test
  public void whenABoxComesItTakesItsShareFromTheRest() throws TooFewBoxesException {
    BoxMap before = map(apart(49));
    BoxMap after = map(apart(50));
    int moved = 0;
    for (int i = 0; i < 2000; i++) {
      List<BoxId> old = policy().group(before, key(i), 5, 12, Set.of(), 0).holders();
      Set<BoxId> fresh = new HashSet<>(policy().group(after, key(i), 5, 12, Set.of(), 0).holders());
      fresh.removeAll(old);
      assertTrue(fresh.isEmpty() || fresh.equals(Set.of(id(49))), "only the new box gains");
      moved += fresh.size();
    }
    assertEquals(2000 * 12 / 50.0, moved, 100, "its fair share of the pieces");
  }

  @Test
  public void sparesAreNextInLineAndHoldNothing() throws TooFewBoxesException {
    for (int i = 0; i < ROUNDS; i++) {
      Group some = policy().group(map(apart(30)), key(i), 5, 10, Set.of(), 3);
      Group more = policy().group(map(apart(30)), key(i), 5, 10, Set.of(), 8);
      assertEquals(some.holders(), more.holders());
      assertEquals(some.spares(), more.spares().subList(0, 3));
      assertTrue(Collections.disjoint(more.holders(), more.spares()));
    }
  }

  @Test
  public void replicasAreAsManyAsThereAreAndStable() {
    BoxMap small = map(apart(3));
    assertEquals(3, policy().replicas(small, key(1), 5).size());
    assertEquals(List.of(), policy().replicas(map(List.of()), key(1), 5));
    for (int i = 0; i < ROUNDS; i++) {
      List<BoxId> five = policy().replicas(map(apart(40)), key(i), 5);
      assertEquals(5, new HashSet<>(five).size());
      assertEquals(five.subList(0, 3), policy().replicas(map(apart(40)), key(i), 3));
      List<BoxId> without = policy().replicas(map(apart(40).subList(1, 40)), key(i), 5);
      Set<BoxId> gained = new HashSet<>(without);
      gained.removeAll(five);
      assertTrue(gained.size() <= 1, "a box less changes one place at most");
      assertFalse(without.contains(id(0)));
    }
  }

  private List<MapBox> randomBoxes(int count) {
    List<MapBox> boxes = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      boxes.add(box(i, "pid" + random.nextInt(8), 1 + random.nextInt(65_535)));
    }
    return boxes;
  }

  private static int most(List<BoxId> holders, List<MapBox> boxes) {
    Map<String, Integer> counts = new HashMap<>();
    BoxMap map = map(boxes);
    holders.forEach(id -> counts.merge(map.box(id).orElseThrow().location(), 1, Integer::sum));
    return Collections.max(counts.values());
  }

  private static long seed() {
    String given = System.getProperty("hearth.seed", "");
    return given.isEmpty() ? System.nanoTime() : Long.parseLong(given);
  }
}
