package tv.hearth.telemetry;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/** The services of a whiteboard with a name for each. Thread-safe. */
final class Sources<T> {
  private static final String PREFIX = "tv.hearth.";

  private final Map<T, String> names = new IdentityHashMap<>();

  /** A service and what it is called. */
  record Named<T>(String name, T service) {}

  synchronized void put(T service, Map<String, ?> properties) {
    names.put(service, name(properties));
  }

  synchronized void remove(T service) {
    names.remove(service);
  }

  /** All of them, by name. */
  synchronized List<Named<T>> all() {
    List<Named<T>> all = new ArrayList<>();
    names.forEach((service, name) -> all.add(new Named<>(name, service)));
    all.sort((one, other) -> one.name().compareTo(other.name()));
    return all;
  }

  /** The component's name without what all of ours begin with, or the service's number. */
  private static String name(Map<String, ?> properties) {
    String name =
        properties.get("component.name") instanceof String
            ? (String) properties.get("component.name")
            : "service-" + properties.get("service.id");
    return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
  }
}
