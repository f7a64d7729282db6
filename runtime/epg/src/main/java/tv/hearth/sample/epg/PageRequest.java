package tv.hearth.sample.epg;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What the page asks of its server: a request's first line and the fields that are looked at.
 *
 * @param query without its question mark; null where there is none
 * @param fields by name in lower case; of a field that comes twice, the last
 */
record PageRequest(String method, String path, String query, Map<String, String> fields) {
  private static final int PARTS = 3;

  /** Parses a head without its last, empty line; null for what is none. */
  static PageRequest parse(String head) {
    String[] lines = head.split("\r\n");
    String[] first = lines[0].split(" ");
    if (first.length != PARTS || !first[1].startsWith("/") || !first[2].matches("HTTP/1\\.\\d")) {
      return null;
    }
    Map<String, String> fields = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      int colon = lines[i].indexOf(':');
      if (colon <= 0 || lines[i].charAt(0) <= ' ' || lines[i].charAt(colon - 1) <= ' ') {
        return null;
      }
      String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
      fields.put(name, lines[i].substring(colon + 1).strip());
    }
    int query = first[1].indexOf('?');
    String path = query < 0 ? first[1] : first[1].substring(0, query);
    String rest = query < 0 ? null : first[1].substring(query + 1);
    return new PageRequest(first[0], path, rest, fields);
  }
}
