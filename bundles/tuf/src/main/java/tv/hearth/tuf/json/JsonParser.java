package tv.hearth.tuf.json;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parses JSON (RFC 8259) strictly: UTF-8 without flaws, no name twice in an object, whole numbers
 * of 64 bits only, at most {@value #MAX_DEPTH} levels. The caller bounds the bytes. One use, one
 * thread.
 */
public final class JsonParser {
  /** Levels of objects and arrays. */
  public static final int MAX_DEPTH = 32;

  private final String text;
  private int at;

  private JsonParser(String text) {
    this.text = text;
  }

  /** The one value that the bytes are. */
  public static JsonValue parse(byte[] bytes) throws JsonException {
    String text = text(bytes);
    JsonParser parser = new JsonParser(text);
    JsonValue value = parser.value(0);
    parser.space();
    if (parser.at < text.length()) {
      throw parser.wrong("something after the value");
    }
    return value;
  }

  /** The one object that the bytes are. */
  public static JsonObject object(byte[] bytes) throws JsonException {
    return JsonObject.as(JsonObject.class, "the file", parse(bytes));
  }

  private static String text(byte[] bytes) throws JsonException {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    if (StandardCharsets.UTF_8.newDecoder().decode(in, out, false).isError()) {
      throw new JsonException("not UTF-8");
    }
    if (in.hasRemaining()) {
      throw new JsonException("the end comes within a character", true);
    }
    return out.flip().toString();
  }

  private JsonValue value(int depth) throws JsonException {
    if (depth > MAX_DEPTH) {
      throw wrong("more than " + MAX_DEPTH + " levels");
    }
    space();
    return switch (peek()) {
      case '{' -> members(depth);
      case '[' -> items(depth);
      case '"' -> new JsonValue.Text(string());
      case 't' -> word("true", new JsonValue.Truth(true));
      case 'f' -> word("false", new JsonValue.Truth(false));
      case 'n' -> word("null", new JsonValue.Null());
      default -> number();
    };
  }

  private JsonObject members(int depth) throws JsonException {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    at++;
    space();
    if (peek() == '}') {
      at++;
      return new JsonObject(members);
    }
    while (true) {
      space();
      if (peek() != '"') {
        throw wrong("a name must be here");
      }
      String name = string();
      space();
      take(':');
      if (members.put(name, value(depth + 1)) != null) {
        throw wrong("a name twice in an object");
      }
      if (last('}')) {
        return new JsonObject(members);
      }
    }
  }

  private JsonValue items(int depth) throws JsonException {
    List<JsonValue> items = new ArrayList<>();
    at++;
    space();
    if (peek() == ']') {
      at++;
      return new JsonValue.Array(items);
    }
    while (true) {
      items.add(value(depth + 1));
      if (last(']')) {
        return new JsonValue.Array(items);
      }
    }
  }

  private boolean last(char end) throws JsonException {
    space();
    if (peek() == end) {
      at++;
      return true;
    }
    take(',');
    return false;
  }

  private String string() throws JsonException {
    StringBuilder out = new StringBuilder();
    at++;
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return paired(out.toString());
      }
      if (c < 0x20) {
        throw wrong("a control character in a string");
      }
      out.append(c == '\\' ? escape() : c);
    }
  }

  /** A lone surrogate has no UTF-8: two such strings would have one canonical form. */
  private String paired(String string) throws JsonException {
    if (string.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw wrong("half a surrogate pair in a string");
    }
    return string;
  }

  private char escape() throws JsonException {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unit();
      default -> throw wrong("an unknown escape");
    };
  }

  private char unit() throws JsonException {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      char c = peek();
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        throw wrong("four hexadecimal digits must be here");
      }
      unit = unit * 16 + digit;
      at++;
    }
    return (char) unit;
  }

  private JsonValue number() throws JsonException {
    int from = at;
    if (peek() == '-') {
      at++;
    }
    int digits = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    boolean zeros = at - digits > 1 && text.charAt(digits) == '0';
    if (at == digits || at - digits > 19 || zeros) {
      throw wrong("no value, or no number of 64 bits");
    }
    if (at < text.length() && ".eE".indexOf(text.charAt(at)) >= 0) {
      throw wrong("only whole numbers are taken");
    }
    try {
      return new JsonValue.Whole(Long.parseLong(text.substring(from, at)));
    } catch (NumberFormatException e) {
      throw wrong("no number of 64 bits");
    }
  }

  private JsonValue word(String word, JsonValue value) throws JsonException {
    if (!text.startsWith(word, at)) {
      if (word.startsWith(text.substring(at))) {
        at = text.length();
      }
      throw wrong("an unknown word");
    }
    at += word.length();
    return value;
  }

  private void take(char c) throws JsonException {
    if (peek() != c) {
      throw wrong("'" + c + "' must be here");
    }
    at++;
  }

  private char peek() throws JsonException {
    if (at >= text.length()) {
      throw wrong("the end comes too early");
    }
    return text.charAt(at);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private JsonException wrong(String what) {
    return new JsonException(what + " (character " + at + ")", at >= text.length());
  }
}
