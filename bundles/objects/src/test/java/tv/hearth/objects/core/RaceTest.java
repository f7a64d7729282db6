package tv.hearth.objects.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.hearth.objects.Seeds;

class RaceTest {
  private static final long PATIENCE = 100;

  private static Race race(int k, int n, int... wanted) {
    return new Race(k, n, wanted, IntStream.range(0, n).toArray(), new boolean[n], patience(n));
  }

  private static long[] patience(int n) {
    long[] patience = new long[n];
    Arrays.fill(patience, PATIENCE);
    return patience;
  }

  @Test
  void asksOnlyForWhatIsWantedWhileAllIsWell() {
    Race race = race(5, 21, 3);
    assertEquals(List.of(3), race.start(0));
    assertEquals(List.of(), race.good(3, 10));
    assertEquals(Race.Outcome.DIRECT, race.outcome());
  }

  @Test
  void aUnitWhoseHolderIsGoneCostsK() {
    Race race = race(5, 21, 3);
    race.start(0);
    assertEquals(List.of(0, 1, 2, 4, 5), race.bad(3, 10));
    for (int index : new int[] {0, 1, 2, 4, 5}) {
      assertEquals(Race.Outcome.RUNNING, race.outcome());
      race.good(index, 20);
    }
    assertEquals(Race.Outcome.RESTORE, race.outcome());
    assertArrayEquals(new int[] {0, 1, 2, 4, 5}, race.good());
  }

  @Test
  void aLateAnswerIsRacedAndStillCounts() {
    Race race = race(2, 4, 0, 1);
    race.start(0);
    race.good(0, 5);
    assertEquals(PATIENCE - 5, race.wakeIn(5));
    assertEquals(List.of(), race.tick(PATIENCE - 1));
    assertEquals(List.of(2), race.tick(PATIENCE));
    assertArrayEquals(new int[] {1}, race.late(PATIENCE));
    race.good(1, PATIENCE + 1);
    assertEquals(Race.Outcome.DIRECT, race.outcome());
  }

  @Test
  void theShunnedAreAskedLast() {
    boolean[] shunned = {true, false, false, false};
    Race race = new Race(2, 4, new int[] {0, 1}, new int[] {1, 2, 3, 0}, shunned, patience(4));
    assertEquals(List.of(1, 2), race.start(0));
    assertEquals(List.of(3), race.bad(1, 1));
    assertEquals(List.of(0), race.bad(2, 2));
    race.bad(3, 3);
    race.good(0, 4);
    assertEquals(Race.Outcome.FAILED, race.outcome());
  }

  @Test
  void theShunnedAreLeftAloneWhileTheOthersMayStillAnswer() {
    boolean[] shunned = {false, false, true, true};
    Race race = new Race(2, 4, new int[] {0, 1}, new int[] {0, 1, 2, 3}, shunned, patience(4));
    assertEquals(List.of(0, 1), race.start(0));
    assertEquals(List.of(), race.tick(PATIENCE));
    assertEquals(2 * PATIENCE, race.wakeIn(PATIENCE));
    assertEquals(List.of(), race.tick(3 * PATIENCE - 1));
    assertEquals(List.of(2, 3), race.tick(3 * PATIENCE));
  }

  @Test
  void whoIsBeingUpdatedIsWaitedForAndAskedAgain() {
    Race race = new Race(2, 3, new int[] {0, 1}, new int[] {0, 1, 2}, new boolean[3], patience(3));
    assertEquals(List.of(0, 1), race.start(0));
    assertEquals(List.of(2), race.rest(0, 1));
    assertEquals(List.of(), race.bad(2, 2));
    assertEquals(List.of(), race.good(1, 3));
    assertEquals(Race.Outcome.RUNNING, race.outcome());
    assertEquals(List.of(0), race.again(0, 4));
    assertEquals(List.of(), race.again(0, 5), "it is asked already");
    race.good(0, 6);
    assertEquals(Race.Outcome.DIRECT, race.outcome());
  }

  /** Whoever misbehaves: it ends, and well exactly if k pieces (or all wanted ones) are good. */
  @Test
  void alwaysEndsAndFailsOnlyWhereItMust() {
    Seeds seeds = Seeds.random();
    SplittableRandom random = seeds.generator();
    for (int i = 0; i < 3000; i++) {
      int n = 1 + random.nextInt(30);
      int k = 1 + random.nextInt(n);
      boolean[] sound = new boolean[n];
      for (int j = 0; j < n; j++) {
        sound[j] = random.nextInt(3) > 0;
      }
      int[] wanted = IntStream.range(0, k).filter(x -> random.nextBoolean()).toArray();
      wanted = wanted.length == 0 ? new int[] {0} : wanted;
      Race race = race(k, n, wanted);
      Race.Outcome end = play(race, sound, random);
      boolean direct = IntStream.of(wanted).allMatch(x -> sound[x]);
      int good = (int) IntStream.range(0, n).filter(x -> sound[x]).count();
      assertEquals(
          !direct && good < k, end == Race.Outcome.FAILED, k + "/" + n + " " + seeds.message());
    }
  }

  private static Race.Outcome play(Race race, boolean[] sound, SplittableRandom random) {
    long now = 0;
    Deque<Integer> asked = new ArrayDeque<>(race.start(now));
    for (int steps = 0; race.outcome() == Race.Outcome.RUNNING; steps++) {
      assertTrue(steps < 1000, "does not end");
      now += random.nextInt(80);
      if (asked.isEmpty() || random.nextInt(4) == 0) {
        asked.addAll(race.tick(now));
      }
      if (!asked.isEmpty()) {
        int index = asked.poll();
        asked.addAll(sound[index] ? race.good(index, now) : race.bad(index, now));
      }
    }
    return race.outcome();
  }
}
