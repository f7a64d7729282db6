package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class TakeoversTest {
  private final Takeovers takeovers = new Takeovers();

  @Test
  void oneIsNoTwinTwoInAnHourAre() {
    takeovers.note(0);
    assertFalse(takeovers.twin(1));
    assertEquals(0, takeovers.waitMillis(1));
    takeovers.note(2_000);
    assertTrue(takeovers.twin(2_001));
    assertTrue(takeovers.trouble(2_001).contains("wipe one of the two"));
    assertFalse(takeovers.twin(3_600_001));
    assertEquals("", takeovers.trouble(3_600_001));
    assertEquals(2, takeovers.count());
  }

  @Test
  void theWaitDoublesToTenMinutes() {
    takeovers.note(0);
    long[] waits = {15_000, 30_000, 60_000, 120_000, 240_000, 480_000, 600_000, 600_000};
    for (long wait : waits) {
      takeovers.note(1);
      assertEquals(wait, takeovers.waitMillis(1));
    }
    for (int i = 0; i < 100; i++) {
      takeovers.note(2);
    }
    assertEquals(600_000, takeovers.waitMillis(2));
  }
}
