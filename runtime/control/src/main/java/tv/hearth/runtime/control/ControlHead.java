package tv.hearth.runtime.control;

import java.net.URI;
import java.net.URISyntaxException;

/**
 * A request's head, as far as it is looked at.
 *
 * @param target path and query; null where the head is none
 * @param authorization empty where none was given
 */
record ControlHead(URI target, String authorization) {
  private static final String FIELD = "authorization:";

  /** Parses a head without its last, empty line. */
  static ControlHead parse(String head) {
    String[] lines = head.split("\r\n");
    String authorization = "";
    for (String line : lines) {
      if (line.regionMatches(true, 0, FIELD, 0, FIELD.length())) {
        authorization = line.substring(FIELD.length()).strip();
      }
    }
    return new ControlHead(target(lines[0].split(" ")), authorization);
  }

  private static URI target(String[] first) {
    if (first.length != 3 || !first[1].startsWith("/") || !first[2].startsWith("HTTP/1.")) {
      return null;
    }
    try {
      return new URI(first[1]);
    } catch (URISyntaxException e) {
      return null;
    }
  }
}
