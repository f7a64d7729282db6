package tv.hearth.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
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
    System.setProperty("hearth.root", folder.toString());
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(result, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      String dir = folder.toString();
      assertEquals(0, new CommandLine(new Status()).execute("--json", "--dir", dir));
    } finally {
      System.setOut(out);
      System.setErr(err);
      System.clearProperty("hearth.root");
    }
    String text = said.toString(StandardCharsets.UTF_8);
    assertTrue(
        text.contains("box 1   NOT KNOWN: box-1 does not answer (Connection refused)"), text);
    assertTrue(text.contains("box 2   NOT KNOWN: box-2 is starting"), text);
    assertTrue(text.contains("box 3   off"), text);
    assertTrue(text.contains("films NOT KNOWN: the ingest node is off"), text);
    JsonNode json = new ObjectMapper().readTree(result.toString(StandardCharsets.UTF_8));
    assertEquals(3, json.get("boxes").size());
    assertEquals("is off", json.get("filmsProblem").asText());
  }

  @Test
  void tooFewBoxesComeWithTheCommandThatHelps() {
    assertEquals(
        "too few boxes answered, 1 of 3 run: hearth box start 1 3",
        Advice.remedy(List.of(1, 2, 3), List.of(2)));
    assertTrue(
        Advice.remedy(List.of(1), List.of(1)).contains("though all run: see 'hearth status'"));
  }
}
