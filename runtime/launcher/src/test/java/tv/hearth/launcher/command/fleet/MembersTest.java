package tv.hearth.launcher.command.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.hearth.launcher.LauncherException;

class MembersTest {
  private final JsonNode boxes;

  MembersTest() throws Exception {
    boxes =
        new ObjectMapper()
            .readTree("[{\"id\":\"abcd\",\"claim\":\"01\"},{\"id\":\"abef\",\"claim\":\"02\"}]");
  }

  @Test
  void aBoxIsFoundByItsClaimOrTheBeginningOfItsId() {
    assertEquals("abef", Members.id(boxes, "2", List.of("02")));
    assertEquals("abcd", Members.id(boxes, "abc", List.of()));
    assertEquals("abcd", Members.id(boxes, "abcd", List.of()));
  }

  /** Right after 'box lose', the place has a new claim that nobody used yet. */
  @Test
  void aBoxThatWasLostIsMeantUntilItsSuccessorComes() {
    assertEquals("abcd", Members.id(boxes, "1", List.of("04", "03", "01")));
    assertEquals("abef", Members.id(boxes, "1", List.of("02", "01")));
  }

  @Test
  void whoIsNotOneBoxIsNone() {
    for (String name : new String[] {"ab", "x"}) {
      var e = assertThrows(LauncherException.class, () -> Members.id(boxes, name, List.of()));
      assertTrue(e.getMessage().contains("hearth box list"), e.getMessage());
    }
    assertThrows(LauncherException.class, () -> Members.id(boxes, "3", List.of("03")));
  }
}
