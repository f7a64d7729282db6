package tv.hearth.objects.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Who may say that a record is not there. */
class QuorumTest {
  private static final int ACKNOWLEDGED = 5;

  @Test
  void itMeetsEveryAcknowledgedRecordAndIsAMajority() {
    assertEquals(12, Quorum.of(16, 15, ACKNOWLEDGED));
    assertEquals(12, Quorum.of(16, 16, ACKNOWLEDGED));
    assertEquals(5, Quorum.of(8, 7, ACKNOWLEDGED));
    assertEquals(4, Quorum.of(6, 5, ACKNOWLEDGED));
    for (int replicas = 2; replicas <= 16; replicas++) {
      int need = Quorum.of(replicas, replicas - 1, ACKNOWLEDGED);
      assertTrue(need >= 1 && need < replicas, replicas + " replicas: " + need);
      // This box has lost what it had: the record is at the others of the acknowledged ones.
      int others = Math.min(ACKNOWLEDGED, replicas) - 1;
      assertTrue(need > replicas - 1 - others, replicas + " replicas: " + need);
    }
  }

  @Test
  void whoIsAloneAsksNobody() {
    assertEquals(0, Quorum.of(1, 0, ACKNOWLEDGED));
  }
}
