package tv.hearth.management.agent;

import java.util.Map;
import tv.hearth.api.datamodel.Completion;
import tv.hearth.api.datamodel.ModelException;

/** Keeps account of asynchronous commands. */
public interface Requests {
  /**
   * Starts a command and keeps its Request.
   *
   * @param command its instantiated path, with its brackets
   * @param run what starts it
   * @return the path of the Request
   */
  String start(String controller, String command, String commandKey, Run run) throws ModelException;

  /** What starts a command. */
  interface Run {
    /** Starts it. */
    Map<String, String> start(Completion completion) throws ModelException;
  }
}
