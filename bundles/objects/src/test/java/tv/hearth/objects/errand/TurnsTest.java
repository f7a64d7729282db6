package tv.hearth.objects.errand;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class TurnsTest {
  private final Turns turns = new Turns();

  private Optional<String> begin() {
    return turns.begin(id -> true);
  }

  @Test
  void whatIsAddedAgainWhileItIsToldTakesNobodysTurnAndIsToldOnceMore() {
    turns.add("a");
    turns.add("b");
    assertEquals(Optional.of("a"), begin());
    turns.add("a");
    assertFalse(turns.end(true), "what was told is what it was before");
    assertEquals(Optional.of("b"), begin());
    assertTrue(turns.end(true));
    assertEquals(Optional.of("a"), begin());
    assertTrue(turns.end(true));
    assertTrue(turns.isEmpty());
  }

  @Test
  void whatFailedWaitsAtTheEnd() {
    turns.add("a");
    turns.add("b");
    assertEquals(Optional.of("a"), begin());
    assertFalse(turns.end(false));
    assertEquals(Optional.of("b"), begin());
    assertTrue(turns.end(true));
    assertEquals(Optional.of("a"), begin());
  }

  @Test
  void whatNobodyWantsIsForgotten() {
    turns.add("a");
    turns.add("b");
    assertEquals(Optional.of("b"), turns.begin(id -> id.equals("b")));
    assertTrue(turns.end(true));
    assertEquals(Optional.empty(), begin());
  }
}
