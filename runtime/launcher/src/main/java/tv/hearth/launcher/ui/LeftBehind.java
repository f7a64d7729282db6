package tv.hearth.launcher.ui;

import java.io.IOException;
import java.util.function.Supplier;

/**
 * What a command that is ended from outside (Ctrl-C, SIGTERM) says in a line: what it leaves behind
 * and what to do.
 */
public final class LeftBehind {
  private LeftBehind() {}

  /** Work that may be interrupted. */
  @FunctionalInterface
  public interface Work<T> {
    /** Does it. */
    T run() throws IOException;
  }

  /**
   * Does work, and says so where it is ended from outside before its end.
   *
   * @param what is asked then; a sentence or two
   */
  public static <T> T says(Supplier<String> what, Work<T> work) throws IOException {
    Thread atEnd = new Thread(() -> tell(what.get()), "hearth-interrupted");
    Runtime.getRuntime().addShutdownHook(atEnd);
    try {
      return work.run();
    } finally {
      withdraw(atEnd);
    }
  }

  private static void tell(String what) {
    // On a terminal a bar stands, and behind it ^C.
    String before = System.console() == null ? "" : System.lineSeparator();
    System.err.println(before + "hearth: interrupted: " + what);
    System.err.flush();
  }

  private static void withdraw(Thread atEnd) {
    try {
      Runtime.getRuntime().removeShutdownHook(atEnd);
    } catch (IllegalStateException e) {
      // Java is ending already, from outside: then it is right that it speaks.
      System.getLogger(LeftBehind.class.getName())
          .log(System.Logger.Level.DEBUG, "ended from outside at the last moment", e);
    }
  }
}
