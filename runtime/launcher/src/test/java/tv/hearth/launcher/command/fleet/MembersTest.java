package tv.hearth.launcher.command.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
    assertEquals("abef", Members.id(boxes, "2", "02"));
    assertEquals("abcd", Members.id(boxes, "abc", ""));
    assertEquals("abcd", Members.id(boxes, "abcd", ""));
  }

  @Test
  void whoIsNotOneBoxIsNone() {
    for (String name : new String[] {"ab", "x"}) {
      var e = assertThrows(LauncherException.class, () -> Members.id(boxes, name, ""));
      assertTrue(e.getMessage().contains("hearth box list"), e.getMessage());
    }
    assertThrows(LauncherException.class, () -> Members.id(boxes, "3", "03"));
  }
}
