package tv.hearth.transfer.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.hearth.api.value.TrafficClass;

final class ShaperTest {
  private static final long SECOND = 1_000_000_000L;
  private static final int SLICE = 65_536;

  /** Runs in virtual time with somebody of each class always wanting more. */
  private static Map<TrafficClass, Long> run(
      Shaper<TrafficClass> shaper, int seconds, TrafficClass... greedy) {
    Map<TrafficClass, Long> moved = new EnumMap<>(TrafficClass.class);
    for (TrafficClass traffic : greedy) {
      moved.put(traffic, 0L);
      shaper.await(traffic, SLICE, traffic);
    }
    long now = 0;
    while (now < seconds * SECOND) {
      for (TrafficClass who = shaper.poll(now); who != null; who = shaper.poll(now)) {
        moved.merge(who, (long) SLICE, Long::sum);
        shaper.await(who, SLICE, who);
      }
      now += Math.max(1, Math.min(SECOND, shaper.delay(now)));
    }
    return moved;
  }

  private static void near(double expected, long actual) {
    assertEquals(expected, actual, 0.03 * expected + 2 * SLICE);
  }

  @Test
  void aClassGetsTheRateThatIsGranted() {
    long rate = 1_000_000;
    Shaper<TrafficClass> shaper = new Shaper<>(rate, rate, 0);
    near(60.0 * rate, run(shaper, 60, TrafficClass.STREAM).get(TrafficClass.STREAM));
  }

  @Test
  void theBackgroundKeepsToItsPart() {
    Shaper<TrafficClass> shaper = new Shaper<>(1_000_000, 250_000, 0);
    near(15_000_000, run(shaper, 60, TrafficClass.BACKUP).get(TrafficClass.BACKUP));
  }

  @Test
  void moreUrgentClassesGoFirst() {
    Shaper<TrafficClass> shaper = new Shaper<>(1_000_000, 1_000_000, 0);
    Map<TrafficClass, Long> moved = run(shaper, 30, TrafficClass.values());
    near(30_000_000, moved.get(TrafficClass.HOUSEHOLD));
    assertEquals(0, moved.get(TrafficClass.STREAM));
    assertEquals(0, moved.get(TrafficClass.WORK));
  }

  @Test
  void whoComesLaterOfABetterClassOvertakes() {
    Shaper<String> shaper = new Shaper<>(1_000_000, 1_000_000, 0);
    assertTrue(shaper.take(TrafficClass.BACKUP, 1_000_000, 0));
    shaper.await(TrafficClass.BACKUP, SLICE, "backup");
    shaper.await(TrafficClass.STREAM, SLICE, "stream");
    assertNull(shaper.poll(SECOND / 2));
    assertEquals("stream", shaper.poll(SECOND));
    assertFalse(shaper.take(TrafficClass.WORK, 1, 2 * SECOND), "somebody better waits");
    assertEquals("backup", shaper.poll(2 * SECOND));
    assertTrue(shaper.take(TrafficClass.WORK, 1, 3 * SECOND));
  }

  @Test
  void newRatesHoldAtOnceAndZeroStops() {
    Shaper<TrafficClass> shaper = new Shaper<>(1_000_000, 1_000_000, 0);
    shaper.rates(4_000_000, 0, 0);
    assertFalse(shaper.take(TrafficClass.REPAIR, 1, SECOND));
    assertTrue(shaper.take(TrafficClass.STREAM, 1, SECOND));
    shaper.await(TrafficClass.REPAIR, 1, TrafficClass.REPAIR);
    assertEquals(Long.MAX_VALUE, shaper.delay(SECOND));
    shaper.rates(4_000_000, 1000, SECOND);
    assertEquals(TrafficClass.REPAIR, shaper.poll(2 * SECOND));
  }

  @Test
  void whoLeavesIsNotServed() {
    Shaper<String> shaper = new Shaper<>(1000, 1000, 0);
    shaper.take(TrafficClass.STREAM, 5000, 0);
    shaper.await(TrafficClass.STREAM, 10, "gone");
    shaper.forget(TrafficClass.STREAM, "gone");
    assertNull(shaper.poll(10 * SECOND));
    assertFalse(shaper.isAwaited());
  }

  @Test
  void timeSpentIdleIsSavedUpForATenthOfASecondAtMost() {
    Shaper<String> shaper = new Shaper<>(1_000_000, 1_000_000, 0);
    long moved = 0;
    long now = 3600 * SECOND;
    while (shaper.take(TrafficClass.STREAM, 10_000, now)) {
      moved += 10_000;
    }
    assertTrue(moved >= 100_000 && moved <= 120_000, "moved at once: " + moved);
  }
}
