package tv.hearth.launcher.hood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An ingest node (0) and three boxes, as the registry may have them. */
class RollTest {
  private static final List<Integer> ALL = List.of(0, 1, 2, 3);

  private static Roll roll(List<String> claimsOf3, String... whys) throws Exception {
    StringBuilder boxes = new StringBuilder("[");
    for (int i = 0; i < whys.length; i++) {
      boxes.append(i == 0 ? "" : ",").append("{\"id\":\"id").append(i);
      boxes.append("\",\"claim\":\"c").append(i).append("\",\"departure\":\"");
      boxes.append(whys[i]).append("\"}");
    }
    return new Roll(
        new ObjectMapper().readTree(boxes.append(']').toString()),
        Map.of(0, List.of("c0"), 1, List.of("c1"), 2, List.of("c2"), 3, claimsOf3));
  }

  @Test
  void beforeTheFirstStartAllAreExpected() throws Exception {
    Roll roll = roll(List.of("c3"));
    assertEquals(4, roll.expected(ALL));
    assertFalse(roll.isRemoved(3));
  }

  @Test
  void whoWasRemovedIsNotWaitedFor() throws Exception {
    Roll roll = roll(List.of("c3"), "MEMBER", "MEMBER", "MEMBER", "OPERATOR");
    assertTrue(roll.isRemoved(3));
    assertFalse(roll.isRemoved(2));
    assertEquals(3, roll.expected(List.of(0, 1, 2)));
    assertEquals(
        "removed from the neighbourhood by the operator:"
            + " hearth box admit 3 makes it a member again",
        Roll.remedy(List.of(3)));
  }

  @Test
  void whoWasSilentForTooLongComesBackByItself() throws Exception {
    Roll roll = roll(List.of("c3"), "MEMBER", "MEMBER", "MEMBER", "SILENT");
    assertFalse(roll.isRemoved(3));
    assertEquals(4, roll.expected(ALL));
    assertEquals(3, roll.expected(List.of(1)));
  }

  @Test
  void aLostOneCountsUntilItsSuccessorTakesItsPlace() throws Exception {
    Roll lost = roll(List.of("c9", "c3"), "MEMBER", "MEMBER", "MEMBER", "MEMBER");
    assertEquals(Optional.of("id3"), lost.lost(3));
    assertEquals(4, lost.expected(ALL), "the successor takes a place, and adds none");
    Roll back = roll(List.of("c4", "c3"), "MEMBER", "MEMBER", "MEMBER", "REPLACED", "MEMBER");
    assertEquals(Optional.empty(), back.lost(3));
    assertEquals(4, back.expected(ALL));
  }

  @Test
  void aLostOneThatWasRemovedLeavesItsPlaceToTheNext() throws Exception {
    Roll roll = roll(List.of("c9", "c3"), "MEMBER", "MEMBER", "MEMBER", "OPERATOR");
    assertFalse(roll.isRemoved(3), "its successor may come");
    assertEquals(Optional.empty(), roll.lost(3));
    assertEquals(3, roll.expected(List.of(1)));
    assertEquals(4, roll.expected(ALL));
  }
}
