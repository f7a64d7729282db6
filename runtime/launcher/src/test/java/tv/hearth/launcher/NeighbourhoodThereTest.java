package tv.hearth.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Installation;

/** Commands on a neighbourhood that is there and does not run. */
class NeighbourhoodThereTest {
  private final PrintStream before = System.err;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path folder;
  private Path hood;

  @BeforeEach
  void make() {
    hood = folder.resolve("hood");
    Hood.create(hood, 2, "", "open", new Installation(folder));
    System.setProperty("hearth.root", folder.toString());
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void release() {
    System.setErr(before);
    System.clearProperty("hearth.root");
  }

  private String refused(String command) {
    List<String> args = new ArrayList<>(List.of(command.split(" ")));
    args.addAll(List.of("--dir", hood.toString()));
    assertEquals(1, Main.commandLine().execute(args.toArray(String[]::new)), err::toString);
    return err.toString(StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({
    "--boxes 8,--boxes 2",
    "--host 127.0.0.2,--host 127.0.0.1",
    "--budget least,--budget open",
    "--broker mqtts://b.example:8883,its own broker"
  })
  void upDoesNotPassOverWhatIsOtherwiseThere(String wish, String there) {
    String said = refused("up " + wish);
    assertTrue(said.contains("was made with " + there + ": leave that out"), said);
    assertTrue(said.contains("--dir"), said);
  }

  @ParameterizedTest
  @ValueSource(strings = {"stop", "start", "kill", "lose"})
  void theIngestNodeIsNoBoxAndOneWrongNumberStopsAll(String verb) throws Exception {
    Path state = Files.createDirectories(hood.resolve("box-1/home/storage"));
    assertTrue(refused("box " + verb + " 0").contains("no box 0: there are 1…2"));
    assertTrue(refused("box " + verb + " 1 3").contains("no box 3: there are 1…2"));
    assertTrue(Files.isDirectory(state), "box 1 was touched");
    assertFalse(Files.exists(hood.resolve("box-1/pid")), "box 1 was started");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ls --box 0", "get x --box 0", "rm x --box 0"})
  void noHouseholdIsTheIngestNodes(String command) {
    assertTrue(refused(command).contains("no box 0: there are 1…2"), err::toString);
  }

  @Test
  void theDemoWorksWhereItIsTold() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertEquals(1, Main.commandLine().execute("demo", "--dir", file.toString()));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains(file.toString()), err::toString);
  }
}
