package tv.hearth.api.datamodel;

import java.util.Map;

/** Takes events of the data model for whoever subscribed to them. Thread-safe, never blocks. */
public interface EventSink {
  /**
   * An event of an object.
   *
   * @param object its instantiated path, with a dot at its end
   * @param event with its mark, e.g. {@code DUStateChange!}
   */
  void event(String object, String event, Map<String, String> arguments);
}
