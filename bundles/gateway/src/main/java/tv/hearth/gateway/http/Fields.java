package tv.hearth.gateway.http;

import java.util.List;
import java.util.Optional;

/** A request's header fields. */
@FunctionalInterface
public interface Fields {
  /** The values of all lines with that name, in any case; empty where there is none. */
  List<String> all(String name);

  /** The value without white space around it, where there is one line of that name alone. */
  default Optional<String> only(String name) {
    List<String> values = all(name);
    return values.size() == 1 ? Optional.of(values.get(0).strip()) : Optional.empty();
  }

  /** True where there is a line of that name. */
  default boolean has(String name) {
    return !all(name).isEmpty();
  }

  /** All lines of a list-valued field as one (RFC 9110 §5.3); empty where there is none. */
  default Optional<String> joined(String name) {
    List<String> values = all(name);
    return values.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", values));
  }
}
