package tv.hearth.gateway.http;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A status, header fields and what follows. Framing (Content-Length, Connection) and Date are added
 * where it is sent.
 *
 * @param headers in the order in which they are sent
 */
public record Answer(int status, Map<String, String> headers, Body body) {
  private static final String PLAIN = "text/plain; charset=utf-8";

  /** Copies the headers. */
  public Answer {
    headers = new LinkedHashMap<>(headers);
  }

  /** What follows the head. */
  public sealed interface Body permits Nothing, Text, Stored {
    /** Bytes. */
    long length();
  }

  /** No body, and no Content-Length: for 204 and 304. */
  public record Nothing() implements Body {
    @Override
    public long length() {
      return 0;
    }
  }

  /** Bytes at hand. */
  public record Text(byte[] bytes) implements Body {
    @Override
    public long length() {
      return bytes.length;
    }
  }

  /** Bytes of the store. */
  public record Stored(Item item, ByteRange range) implements Body {
    @Override
    public long length() {
      return range.length();
    }
  }

  /** A head alone. */
  public static Answer empty(int status) {
    return new Answer(status, Map.of(), new Nothing());
  }

  /** JSON that no cache keeps. */
  public static Answer json(String json) {
    return text(200, "application/json", json);
  }

  /** One line that says what is wrong and what to do. */
  public static Answer problem(int status, String message) {
    return text(status, PLAIN, message + "\n");
  }

  /** Stored bytes. */
  public static Answer stored(int status, Item item, ByteRange range) {
    return new Answer(status, Map.of("Content-Type", item.contentType()), new Stored(item, range));
  }

  /** This one with one more field; it replaces another of that name. */
  public Answer with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Answer(status, more, body);
  }

  /** This one with more fields. */
  public Answer with(Map<String, String> fields) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.putAll(fields);
    return new Answer(status, more, body);
  }

  private static Answer text(int status, String type, String text) {
    return new Answer(
        status, Map.of("Content-Type", type), new Text(text.getBytes(StandardCharsets.UTF_8)));
  }
}
