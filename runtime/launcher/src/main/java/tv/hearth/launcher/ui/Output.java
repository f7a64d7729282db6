package tv.hearth.launcher.ui;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintStream;

/** Where a command writes: for people, or with {@code --json} for programs too. */
public final class Output {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final boolean json;
  private final PrintStream people;
  private final Progress progress;

  /** With {@code json}, what people read goes to standard error, and results to standard output. */
  public Output(boolean json) {
    this.json = json;
    this.people = json ? System.err : System.out;
    boolean terminal = System.console() != null && !"dumb".equals(System.getenv("TERM"));
    this.progress =
        terminal && !json
            ? new ProgressBar(System.out)
            : new ProgressLines(people, System::nanoTime);
  }

  /** A line for people. */
  public void say(String line) {
    people.println(line);
    people.flush();
  }

  /** The result for programs: one line, the last on standard output. */
  public void result(Object value) {
    if (json) {
      try {
        System.out.println(JSON.writeValueAsString(value));
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a result that is no JSON", e);
      }
    }
  }

  /** For what takes long. */
  public Progress progress() {
    return progress;
  }
}
