package tv.hearth.launcher.command;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import tv.hearth.launcher.LauncherException;

/**
 * What a command on the neighbourhood in a folder writes.
 *
 * @param code its exit code; −1 where it ended with {@code failure}
 */
public record Said(int code, String people, String json, String failure) {

  /** Runs {@code command} with {@code --json --dir} of that folder. */
  public static Said by(Object command, Path folder, String... words) {
    System.setProperty("hearth.root", folder.toString());
    PrintStream out = System.out;
    PrintStream err = System.err;
    ByteArrayOutputStream result = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    System.setOut(new PrintStream(result, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    List<String> failure = new ArrayList<>();
    int code;
    try {
      List<String> line = new ArrayList<>(List.of(words));
      line.addAll(List.of("--json", "--dir", folder.toString()));
      code =
          new CommandLine(command)
              .setExecutionExceptionHandler(
                  (e, at, parsed) -> {
                    if (e instanceof LauncherException) {
                      failure.add(e.getMessage());
                      return -1;
                    }
                    throw e;
                  })
              .execute(line.toArray(String[]::new));
    } finally {
      System.setOut(out);
      System.setErr(err);
      System.clearProperty("hearth.root");
    }
    return new Said(
        code,
        said.toString(StandardCharsets.UTF_8),
        result.toString(StandardCharsets.UTF_8),
        String.join("\n", failure));
  }
}
