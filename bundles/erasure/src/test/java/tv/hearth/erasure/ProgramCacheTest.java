package tv.hearth.erasure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ProgramCacheTest {
  @Test
  void keepsTheLastUsedWithinANumber() {
    ProgramCache cache = new ProgramCache(2, 1 << 20);
    PlaneProgram one = cache.get(1, () -> program(10));
    cache.get(2, () -> program(10));
    assertSame(one, cache.get(1, () -> program(10)));
    cache.get(3, () -> program(10));
    assertEquals(2, cache.size());
    assertSame(one, cache.get(1, () -> program(10)));
    PlaneProgram again = program(10);
    assertSame(again, cache.get(2, () -> again));
  }

  @Test
  void keepsWithinANumberOfBytes() {
    ProgramCache cache = new ProgramCache(100, 3000);
    for (int key = 0; key < 50; key++) {
      cache.get(key, () -> program(500));
      assertTrue(cache.bytes() <= 3000);
    }
    assertEquals(2, cache.size());
    PlaneProgram huge = cache.get("huge", () -> program(5000));
    assertEquals(0, cache.size());
    assertEquals(0, cache.bytes());
    assertNotSame(huge, cache.get("huge", () -> program(5000)));
  }

  @Test
  void clearingDropsAll() {
    ProgramCache cache = new ProgramCache(100, 3000);
    cache.get(1, () -> program(10));
    cache.clear();
    assertEquals(0, cache.size());
    assertEquals(0, cache.bytes());
  }

  private static PlaneProgram program(int words) {
    return new PlaneProgram(new char[words], 1);
  }
}
