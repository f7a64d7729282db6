package tv.hearth.api.datamodel;

import java.util.List;

/**
 * An event of an object.
 *
 * @param name with its mark, e.g. {@code Boot!}
 */
public record EventType(String name, List<String> arguments) {
  /** Copies the list. */
  public EventType {
    arguments = List.copyOf(arguments);
  }
}
