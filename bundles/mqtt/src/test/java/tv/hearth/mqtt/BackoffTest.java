package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {
  @Test
  void theBoundDoublesUntilItsEnd() {
    Backoff backoff = new Backoff(100, 1_000);
    assertEquals(100, backoff.bound(0));
    assertEquals(200, backoff.bound(1));
    assertEquals(800, backoff.bound(3));
    assertEquals(1_000, backoff.bound(4));
    assertEquals(1_000, backoff.bound(Integer.MAX_VALUE));
    assertEquals(100, backoff.bound(-1));
  }

  @Test
  void noWaitIsBeyondTheBoundWhateverTheNumbers() {
    SplittableRandom random = Seeds.random();
    for (int i = 0; i < 20_000; i++) {
      long least = 1 + random.nextLong(1L << random.nextInt(1, 40));
      long most = least + random.nextLong(1L << random.nextInt(1, 40));
      Backoff backoff = new Backoff(least, most);
      int failures = random.nextInt(100);
      long wait = backoff.waitMillis(failures, random);
      assertTrue(wait >= 0 && wait <= backoff.bound(failures), Seeds.note(backoff + " " + wait));
      assertTrue(backoff.bound(failures) <= most, Seeds.note(backoff.toString()));
      assertTrue(backoff.bound(failures + 1) >= backoff.bound(failures), Seeds.note("" + backoff));
    }
  }

  @Test
  void waitsAreSpreadOverTheWholeInterval() {
    SplittableRandom random = Seeds.random();
    Backoff backoff = new Backoff(1_000, 120_000);
    int[] buckets = new int[10];
    for (int i = 0; i < 10_000; i++) {
      buckets[(int) Math.min(9, backoff.waitMillis(20, random) / 12_000)]++;
    }
    for (int count : buckets) {
      assertTrue(count > 800 && count < 1_200, Seeds.note("a tenth of the waits is " + count));
    }
  }

  @Test
  void boundsThatMakeNoSenseAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new Backoff(0, 10));
    assertThrows(IllegalArgumentException.class, () -> new Backoff(10, 9));
  }
}
