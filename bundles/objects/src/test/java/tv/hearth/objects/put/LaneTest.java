package tv.hearth.objects.put;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import tv.hearth.api.value.BoxId;

class LaneTest {
  private final Lane lane = new Lane(0, new BoxId("a".repeat(32)), new byte[0], 1);

  /** A new batch goes to lanes that are idle: a busy holder's is not until its pause is over. */
  @Test
  void aHolderThatRestsIsNotIdle() {
    assertTrue(lane.idle());
    assertEquals(1, lane.failed());
    lane.rest();
    assertFalse(lane.idle());
    lane.rested();
    assertTrue(lane.idle());
  }

  @Test
  void anotherHolderDoesNotRest() {
    lane.rest();
    lane.moveTo(new BoxId("b".repeat(32)), new byte[0]);
    assertTrue(lane.idle());
  }
}
