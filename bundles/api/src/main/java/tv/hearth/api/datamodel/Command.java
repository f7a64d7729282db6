package tv.hearth.api.datamodel;

import java.util.List;

/**
 * A command of an object.
 *
 * @param name with its brackets, e.g. {@code Restart()}
 * @param asynchronous whether it goes on after the answer, as a Request
 */
public record Command(
    String name, boolean asynchronous, List<String> inputs, List<String> outputs) {
  /** Copies the lists. */
  public Command {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
  }
}
