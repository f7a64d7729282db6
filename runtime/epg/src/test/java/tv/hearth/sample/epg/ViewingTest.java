package tv.hearth.sample.epg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ViewingTest {
  private static final long SECOND = 1_000_000_000L;

  @Test
  void nobodyWatchesUnlessThePlayerSaysSo() {
    Viewing viewing = new Viewing();
    assertFalse(viewing.isWatched(5));
    assertEquals(-1, viewing.bufferedSeconds(5));
  }

  @Test
  void silenceForTenSecondsEndsWatching() {
    Viewing viewing = new Viewing();
    viewing.playing(12, Long.MAX_VALUE - SECOND);
    assertTrue(viewing.isWatched(Long.MAX_VALUE - SECOND + 9 * SECOND));
    assertEquals(12, viewing.bufferedSeconds(Long.MAX_VALUE));
    assertFalse(viewing.isWatched(Long.MAX_VALUE - SECOND + 10 * SECOND));
    assertEquals(-1, viewing.bufferedSeconds(Long.MAX_VALUE - SECOND + 10 * SECOND));
  }
}
