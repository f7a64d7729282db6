package tv.hearth.objects.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.hearth.api.value.BoxId;

/** What is remembered of neighbours, under virtual time. */
class HolderHealthTest {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000 * MILLI;
  private static final BoxId BOX = box(1);
  private final HolderHealth health = new HolderHealth();

  private static BoxId box(int i) {
    return new BoxId(String.valueOf((char) ('a' + i)).repeat(32));
  }

  @Test
  void whoseAnswerIsAwaitedIsNotAskedOnceMoreUntilItIsKnown() {
    assertEquals(HolderHealth.GOOD, health.standing(BOX, 0));
    health.asked(BOX, 150 * MILLI);
    assertEquals(HolderHealth.AWAITED, health.standing(BOX, 10 * MILLI));
    assertEquals(HolderHealth.DEAD, health.standing(BOX, 150 * MILLI), "overdue, and no timer ran");
    health.answered(BOX, 151 * MILLI, 1, 151 * MILLI);
    assertEquals(HolderHealth.GOOD, health.standing(BOX, 152 * MILLI));
  }

  @Test
  void whoWasHeardLatelyMayBeAskedByManyAtOnce() {
    health.answered(BOX, 5 * MILLI, 1, 0);
    health.asked(BOX, SECOND);
    assertEquals(HolderHealth.GOOD, health.standing(BOX, 10 * MILLI));
    assertEquals(HolderHealth.DEAD, health.standing(BOX, SECOND));
  }

  @Test
  void aRequestThatIsNotWantedAnyMoreSaysNothing() {
    health.answered(BOX, 5 * MILLI, 1, 0);
    health.asked(BOX, 100 * MILLI);
    health.withdrawn(BOX);
    assertEquals(HolderHealth.GOOD, health.standing(BOX, SECOND));
  }

  @Test
  void aSilentBoxIsTriedByOneOnceItsTimeIsOver() {
    health.failed(BOX, 0);
    assertEquals(HolderHealth.DEAD, health.standing(BOX, 2 * SECOND));
    assertFalse(health.probes(BOX, 2 * SECOND));
    assertEquals(HolderHealth.SUSPECT, health.standing(BOX, 3 * SECOND));
    assertTrue(health.probes(BOX, 3 * SECOND));
    assertFalse(health.probes(BOX, 3 * SECOND), "one tries, the others wait");
    assertEquals(HolderHealth.DEAD, health.standing(BOX, 4 * SECOND));
    health.there(BOX);
    assertEquals(HolderHealth.GOOD, health.standing(BOX, 4 * SECOND));
  }

  /**
   * Stripe after stripe is read while some boxes are silent; the others answer within 5 ms. Each
   * silent one is asked once, although each race ends long before its patience does.
   */
  @Test
  void stripesThatFollowEachOtherAskEachSilentBoxOnce() {
    int n = 21;
    int k = 5;
    int[] asks = new int[n];
    long now = 0;
    for (int stripe = 0; stripe < 20; stripe++) {
      now = race(n, k, asks, now);
    }
    for (int silent = 0; silent < n; silent += 2) {
      assertTrue(asks[silent] <= 1, "box " + silent + " was asked " + asks[silent] + " times");
    }
  }

  /** One race in which the boxes of even number are silent; returns when it ended. */
  private long race(int n, int k, int[] asks, long begin) {
    long[] patience = new long[n];
    boolean[] shunned = new boolean[n];
    for (int i = 0; i < n; i++) {
      patience[i] = health.patience(box(i), 1, begin);
      shunned[i] = health.standing(box(i), begin) >= HolderHealth.AWAITED;
    }
    int[] order =
        IntStream.range(0, n)
            .boxed()
            .sorted((a, b) -> health.standing(box(a), begin) - health.standing(box(b), begin))
            .mapToInt(Integer::intValue)
            .toArray();
    Race race = new Race(k, n, IntStream.range(0, k).toArray(), order, shunned, patience);
    long now = begin;
    List<Integer> asked = new ArrayList<>(race.start(now));
    while (race.outcome() == Race.Outcome.RUNNING) {
      List<Integer> more = new ArrayList<>();
      for (int index : asked) {
        asks[index]++;
        health.asked(box(index), now + patience[index]);
      }
      now += 5 * MILLI;
      for (int index : asked) {
        if (index % 2 == 1) {
          health.answered(box(index), 5 * MILLI, 1, now);
          more.addAll(race.good(index, now));
        }
      }
      if (more.isEmpty() && race.outcome() == Race.Outcome.RUNNING) {
        now += race.wakeIn(now);
        more.addAll(race.tick(now));
      }
      asked = more;
    }
    return now;
  }
}
