package tv.hearth.tuf.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tv.hearth.support.level.Levels;

/** The way of a box that was off for years, over what was published meanwhile. */
class StonesTest {
  private static final String STORAGE = "tv.hearth.storage";
  private static final Stone FIRST = stone(1, "0.1.0", "");
  private static final Stone SECOND = stone(2, "0.2.0", "");
  private static final Stone BACK = stone(3, "0.1.0", "");
  private static final Stone THIRD = stone(4, "0.3.0", "0.2.0");
  private static final Stone FIFTH = stone(5, "0.5.0", "0.3.0");
  private static final List<Stone> ALL = List.of(FIFTH, FIRST, THIRD, BACK, SECOND);

  private static Stone stone(long counter, String version, String from) {
    return stone(counter, version, from, "*", Levels.UNSAID);
  }

  private static Stone stone(
      long counter, String version, String from, String model, Levels levels) {
    return new Stone(
        "release/hearth/" + counter + ".json",
        counter,
        List.of(model),
        levels,
        from.isEmpty() ? LeastVersions.NONE : from(from),
        Map.of(STORAGE, version));
  }

  private static LeastVersions from(String version) {
    return new LeastVersions(new TreeMap<>(Map.of(STORAGE, version)));
  }

  private static Stones.Box box(long counter, String version) {
    return new Stones.Box("host", counter, 1, Map.of(STORAGE, version));
  }

  private static Optional<Stone> next(List<Stone> published, Stones.Box box) {
    return new Stones(published).next(FIFTH, box);
  }

  @Test
  void aBoxGoesOverTheNewestThatItCanInstallUntilItIsThere() {
    assertEquals(Optional.of(SECOND), next(ALL, box(1, "0.1.0")));
    assertEquals(Optional.of(THIRD), next(ALL, box(2, "0.2.0")));
    assertEquals(Optional.of(FIFTH), next(ALL, box(4, "0.3.0")));
    assertEquals(Optional.of(FIFTH), next(ALL, box(5, "0.5.0")), "the box says it has it");
  }

  @Test
  void theFirmwaresOwnSetIsJudgedByItsBundles() {
    assertEquals(Optional.of(FIFTH), next(ALL, box(0, "0.4.0")), "no old stone over new firmware");
    assertEquals(Optional.of(SECOND), next(ALL, box(0, "0.1.0")));
  }

  @Test
  void aFleetThatWasTakenBackHasNoWayOverWhatIsBelowItsCounter() {
    assertEquals(Optional.empty(), next(ALL, box(3, "0.1.0")));
  }

  @Test
  void stonesOfAnotherModelOrLevelLeadNobody() {
    Stone vendors = stone(2, "0.2.0", "", "other", Levels.UNSAID);
    Stone later = stone(2, "0.2.0", "", "*", new Levels(2, 3));
    assertEquals(Optional.empty(), next(List.of(vendors, THIRD, FIFTH), box(1, "0.1.0")));
    assertEquals(Optional.empty(), next(List.of(later, THIRD, FIFTH), box(1, "0.1.0")));
  }

  @Test
  void aBundleThatABoxDoesNotHaveIsNotTooOld() {
    assertEquals(
        Optional.of(FIFTH), next(ALL, new Stones.Box("host", 1, 1, Map.of("tv.hearth.api", "0"))));
  }

  @Test
  void versionsAreComparedAsOsgiDoes() {
    LeastVersions least = from("0.10.0");
    assertEquals(
        List.of(STORAGE + " 0.9.9 (from 0.10.0 on)"), least.tooOld(Map.of(STORAGE, "0.9.9")));
    assertEquals(List.of(), least.tooOld(Map.of(STORAGE, "0.10.0.release7")));
    assertEquals(List.of(), least.tooOld(Map.of(STORAGE, "1")));
    assertEquals(1, least.tooOld(Map.of(STORAGE, "of my own")).size());
    assertThrows(IllegalArgumentException.class, () -> from("newest"));
  }

  /** Whatever is published, each step can be installed, and the way ends at the goal. */
  @Test
  void everyWayOfManyLeadsThere() {
    Random random = new Random(11);
    int ways = 0;
    for (int town = 0; town < 500; town++) {
      List<Stone> stones = new ArrayList<>();
      for (int counter = 1; counter <= 8; counter++) {
        int version = random.nextInt(8);
        String from = random.nextInt(3) == 0 ? "" : "0." + random.nextInt(version + 1) + ".0";
        stones.add(stone(counter, "0." + version + ".0", from));
      }
      Stone goal = stones.get(7);
      Stone at = stones.get(0);
      while (at != goal) {
        Stones.Box box = new Stones.Box("host", at.counter(), 1, at.versions());
        Optional<Stone> next = new Stones(stones).next(goal, box);
        if (next.isEmpty()) {
          assertEquals(stones.get(0), at, "a way that was begun has an end: town " + town);
          break;
        }
        assertEquals(List.of(), next.get().from().tooOld(at.versions()), "town " + town);
        ways += next.get() == goal ? 1 : 0;
        at = next.get();
      }
    }
    assertEquals(true, ways > 100, ways + " ways");
  }
}
