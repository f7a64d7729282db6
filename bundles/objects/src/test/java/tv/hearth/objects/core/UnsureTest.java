package tv.hearth.objects.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class UnsureTest {
  private long now = Long.MAX_VALUE - Unsure.SHOWN / 2; // System.nanoTime may overflow

  @Test
  void itIsToldForAMinuteAndCountedAnewAfterAPause() {
    Unsure unsure = new Unsure(() -> now);
    assertEquals("", unsure.trouble());
    unsure.note();
    now += Unsure.SHOWN - 1;
    unsure.note();
    assertTrue(unsure.trouble().contains("2 reads"), unsure.trouble());
    now += Unsure.SHOWN;
    assertEquals("", unsure.trouble());
    unsure.note();
    assertTrue(unsure.trouble().contains("1 reads of late may have given an older one"));
  }
}
