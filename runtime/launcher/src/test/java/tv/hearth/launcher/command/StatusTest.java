package tv.hearth.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Installation;

class StatusTest {
  @TempDir private Path folder;

  private void runs(String node) throws Exception {
    String stat = Files.readString(Path.of("/proc/self/stat"));
    String ticks = stat.substring(stat.lastIndexOf(')') + 2).split(" ")[19];
    Files.writeString(folder.resolve(node + "/pid"), ProcessHandle.current().pid() + " " + ticks);
  }

  /**
   * One that does not answer, one that starts, one that is off: each is said, none hides another.
   */
  @Test
  void whatIsKnownIsShownAndWhatIsNotIsSaid() throws Exception {
    Hood.create(folder, 3, "", "open", new Installation(folder));
    runs("box-1");
    Files.writeString(
        folder.resolve("box-1/control.json"), "{\"port\":1,\"authorization\":\"Bearer x\"}");
    runs("box-2");
    Said said = Said.by(new Status(), folder);
    assertEquals(0, said.code(), said.failure());
    String text = said.people();
    assertTrue(
        text.contains("box 1   NOT KNOWN: box-1 does not answer (Connection refused)"), text);
    assertTrue(text.contains("box 2   NOT KNOWN: box-2 is starting"), text);
    assertTrue(text.contains("box 3   off"), text);
    assertTrue(text.contains("films NOT KNOWN: the ingest node is off"), text);
    JsonNode json = new ObjectMapper().readTree(said.json());
    assertEquals(3, json.get("boxes").size());
    assertEquals("is off", json.get("filmsProblem").asText());
  }

  @Test
  void tooFewBoxesComeWithTheCommandThatHelps() {
    assertEquals(
        "too few boxes answered, 1 of 3 run: hearth box start 1 3",
        Advice.remedy(List.of(1, 2, 3), List.of(2), List.of()));
    assertTrue(
        Advice.remedy(List.of(1, 2), List.of(1, 2), List.of(2))
            .contains("too few of the 1 boxes answered"),
        "a removed one is no help");
    assertEquals(
        "too few boxes answered, 1 of 2 run: hearth box start 1",
        Advice.remedy(List.of(1, 2, 3), List.of(2), List.of(3)));
    assertTrue(
        Advice.remedy(List.of(1), List.of(1), List.of())
            .contains("though all run: see 'hearth status'"));
  }
}
