package tv.hearth.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command line as whoever types it meets it: exit status, and what is printed where. */
class MainTest {
  private static final int COLUMNS = 80;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final PrintStream systemOut = System.out;
  private final PrintStream systemErr = System.err;
  @TempDir private Path folder;

  @BeforeEach
  void capture() {
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    System.setProperty("hearth.root", folder.toString());
  }

  @AfterEach
  void release() {
    System.setOut(systemOut);
    System.setErr(systemErr);
    System.clearProperty("hearth.root");
  }

  private int run(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
        .execute(args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** The last line on standard output. */
  private JsonNode json() throws IOException {
    List<String> lines = out().lines().toList();
    return new ObjectMapper().readTree(lines.get(lines.size() - 1));
  }

  static Stream<List<String>> commands() {
    return commands(List.of(), Main.commandLine());
  }

  private static Stream<List<String>> commands(List<String> path, CommandLine command) {
    Stream<List<String>> below =
        command.getSubcommands().entrySet().stream()
            .filter(e -> !e.getKey().equals("help"))
            .flatMap(
                e ->
                    commands(
                        Stream.concat(path.stream(), Stream.of(e.getKey())).toList(),
                        e.getValue()));
    return Stream.concat(Stream.of(path), below);
  }

  @ParameterizedTest
  @MethodSource("commands")
  void helpTeachesEveryCommand(List<String> command) {
    assertEquals(
        0, run(Stream.concat(command.stream(), Stream.of("--help")).toArray(String[]::new)));
    assertTrue(out().startsWith("Usage: hearth" + (command.isEmpty() ? "" : " ")), out());
    CommandLine.Model.CommandSpec spec = Main.commandLine().getCommandSpec();
    for (String part : command) {
      spec = spec.subcommands().get(part).getCommandSpec();
    }
    assertTrue(spec.usageMessage().description().length > 0, "a description");
    for (String line : spec.usageMessage().description()) {
      assertTrue(line.endsWith("."), command + ": the list of commands shows half of: " + line);
    }
    for (String line : spec.usageMessage().footer()) {
      assertTrue(line.length() <= COLUMNS, command + ": no terminal shows this as it is: " + line);
    }
    for (CommandLine.Model.ArgSpec arg : spec.args()) {
      assertTrue(arg.description().length > 0, command + " " + arg + " is not explained");
    }
    assertEquals("", err());
  }

  @Test
  void theFirstHelpShowsWhereToBegin() {
    assertEquals(0, run("--help"));
    assertTrue(out().contains("Begin with:"), out());
    assertTrue(commands().count() >= 14, "all commands are found");
  }

  @Test
  void wrongCallsExitWith2() {
    assertEquals(2, run("put", "--colour", "red", "x"));
    assertTrue(err().contains("--colour"), err());
    assertEquals(2, run());
    assertEquals(2, run("fly"));
    assertEquals(2, run("put"));
    assertEquals(2, run("box"));
    assertEquals(2, run("box", "stop"));
    assertEquals(2, run("up", "--boxes", "many"));
    assertEquals("", out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"up --boxes x", "demo --seed x", "box stop x", "fleet status x"})
  void whatIsNoNumberIsSaidInWords(String command) {
    assertEquals(2, run(command.split(" ")));
    assertTrue(err().contains(": a whole number is wanted, not 'x'\n"), err());
  }

  @Test
  void aNumberThatNoCommandCanMeanIsSaidToBeTooLarge() {
    assertEquals(2, run("up", "--boxes", "99999999999"));
    assertTrue(err().contains(": a smaller number is wanted than 99999999999\n"), err());
    assertEquals(2, run("demo", "--seed", "99999999999999999999"));
    assertTrue(err().contains(": a smaller number is wanted than 99999999999999999999\n"), err());
  }

  @Test
  void aMissingFileIsNamedWithItsRemedy() {
    assertEquals(1, run("put", "no-such-film.mp4"));
    assertEquals("hearth: can't read no-such-film.mp4: is the path right?\n", err());
    assertEquals("", out());
  }

  @ParameterizedTest
  @ValueSource(strings = {"3", "7", "101", "-1"})
  void theDemoTakesEightBoxesAtLeast(String boxes) {
    assertEquals(1, run("demo", "--boxes", boxes));
    assertEquals("hearth: --boxes takes 8…100 for the demo, not " + boxes + "\n", err());
  }

  @Test
  void badSettingsOfUpAreRefused() throws IOException {
    String dir = folder.resolve("hood").toString();
    assertEquals(1, run("up", "--dir", dir, "--boxes", "201"));
    assertEquals(1, run("up", "--dir", dir, "--budget", "huge"));
    assertEquals(1, run("up", "--dir", dir, "--broker", "tcp://x:1883"));
    assertTrue(err().contains("--boxes takes 1…200, not 201"), err());
    assertTrue(err().contains("--budget takes open or least, not huge"), err());
    assertTrue(err().contains("--broker takes mqtts://HOST:PORT"), err());
    assertFalse(Files.exists(Path.of(dir)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ls", "status", "down", "get x", "rm x", "box stop 1", "box start 1"})
  void withoutANeighbourhoodTheNextStepIsSaid(String command) throws IOException {
    String dir = folder.resolve("none").toString();
    assertEquals(1, run((command + " --json --dir " + dir).split(" ")));
    String said = "no neighbourhood in " + dir + ": start one with 'hearth up --dir " + dir + "'";
    assertEquals("hearth: " + said + "\n", err());
    assertEquals(said, json().get("error").asText());
    assertEquals(1, out().lines().count());
  }

  @Test
  void aNameThatLooksLikeAnOptionIsHelped() {
    assertEquals(2, run("get", "-dash.mp4"));
    assertTrue(err().endsWith("goes behind --: hearth get -- -dash.mp4\n"), err());
  }

  @Test
  void whatCannotBeANameIsSaidBeforeAnythingElse() {
    assertEquals(1, run("put", folder.toString(), "--name", "a/b"));
    assertEquals(
        "hearth: no object can be called 'a/b': it has the character / at 2;"
            + " give another by --name\n",
        err());
    assertEquals(1, run("put", "-"));
    assertTrue(err().endsWith("hearth: a stream has no name: give one by --name\n"), err());
  }

  @Test
  void wrongCallsAreJsonToo() throws IOException {
    assertEquals(2, run("put", "--json", "--colour", "red"));
    assertTrue(json().get("error").asText().contains("--colour"), out());
    assertEquals(1, out().lines().count());
    assertTrue(err().contains("Usage: hearth put"), err());
  }

  @Test
  void errorsWithoutJsonPrintNone() {
    assertEquals(1, run("ls", "--dir", folder.resolve("none").toString()));
    assertEquals("", out());
  }
}
