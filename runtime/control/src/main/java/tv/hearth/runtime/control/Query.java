package tv.hearth.runtime.control;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import tv.hearth.vendor.objects.ObjectRef;
import tv.hearth.vendor.objects.Shelf;

/** The parameters of a command. Immutable. */
final class Query {
  private final Map<String, String> values = new HashMap<>();

  /** Parses {@code a=b&c=d}. */
  Query(URI uri) {
    String raw = uri.getRawQuery();
    if (raw == null) {
      return;
    }
    for (String pair : raw.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  /** A parameter that must be there. */
  String need(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("parameter '" + name + "' is missing");
    }
    return value;
  }

  /** A parameter, or a default. */
  String get(String name, String otherwise) {
    return values.getOrDefault(name, otherwise);
  }

  /** The object that {@code shelf} and {@code name} mean. */
  ObjectRef ref() {
    return ObjectRef.of(shelf(), need("name"));
  }

  /** The shelf. */
  Shelf shelf() {
    String shelf = get("shelf", "household");
    switch (shelf) {
      case "catalogue":
        return Shelf.CATALOGUE;
      case "household":
        return Shelf.HOUSEHOLD;
      default:
        throw new IllegalArgumentException("no such shelf: " + shelf + "; catalogue or household");
    }
  }

  private static String decode(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }
}
