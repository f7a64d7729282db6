package tv.hearth.launcher.ui;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** With processes of their own that are ended as a Ctrl-C ends them. */
class LeftBehindTest {
  /** A command that is at work, or, with an argument, one that has ended its work. */
  static final class Command {
    private Command() {}

    public static void main(String[] args) throws IOException {
      LeftBehind.says(
          () -> "half of it is there. Try again", () -> args.length == 0 ? wait("at work") : 0);
      wait("done");
    }

    private static int wait(String said) {
      System.out.println(said);
      LockSupport.park();
      return 0;
    }
  }

  private static List<String> interrupted(String... args) throws IOException, InterruptedException {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    // What a shell starts in the background ignores Ctrl-C, and so does all that it starts.
    List<String> line =
        new ArrayList<>(
            List.of(
                "env",
                "--default-signal=INT",
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Command.class.getName()));
    line.addAll(List.of(args));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    try (BufferedReader said =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      String first = said.readLine();
      new ProcessBuilder("kill", "-INT", String.valueOf(process.pid())).start().waitFor();
      List<String> all = new ArrayList<>(List.of(first));
      said.lines().forEach(all::add);
      assertNotEquals(0, process.waitFor());
      return all;
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void whoIsInterruptedSaysWhatIsLeftAndWhatToDo() throws Exception {
    assertEquals(
        List.of("at work", "hearth: interrupted: half of it is there. Try again"), interrupted());
  }

  @Test
  void whatHasEndedByItselfSaysNothingMore() throws Exception {
    assertEquals(List.of("done"), interrupted("done"));
  }
}
