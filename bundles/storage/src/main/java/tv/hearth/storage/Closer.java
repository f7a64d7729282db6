package tv.hearth.storage;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened, last first, whatever fails. */
final class Closer {
  private final Deque<Step> opened = new ArrayDeque<>();

  /** Closes one thing. */
  interface Step {
    void close() throws IOException, SQLException;
  }

  /** The latest is closed first. */
  void add(Step step) {
    opened.push(step);
  }

  /** Throws the last step's problem; the others are attached to it. */
  void close() throws IOException, SQLException {
    if (opened.isEmpty()) {
      return;
    }
    Step step = opened.pop();
    try {
      step.close();
    } catch (IOException | SQLException | RuntimeException e) {
      closeRest(e);
      throw e;
    }
    close();
  }

  private void closeRest(Exception first) {
    try {
      close();
    } catch (IOException | SQLException | RuntimeException e) {
      first.addSuppressed(e);
    }
  }
}
