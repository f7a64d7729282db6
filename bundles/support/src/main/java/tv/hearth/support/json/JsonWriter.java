package tv.hearth.support.json;

import java.util.Locale;

/**
 * Writes one JSON value (RFC 8259) without white space. Calls nest as the value does: {@code
 * object().name("a").value(1) .end()}. Not thread-safe.
 */
public final class JsonWriter {
  private static final int MAX_DEPTH = 16;
  private final StringBuilder out = new StringBuilder(256);
  private final char[] closers = new char[MAX_DEPTH];
  private final boolean[] begun = new boolean[MAX_DEPTH];
  private int depth;
  private boolean afterName;

  /** Begins an object. */
  public JsonWriter object() {
    return open('{', '}');
  }

  /** Begins an array. */
  public JsonWriter array() {
    return open('[', ']');
  }

  /** Ends the innermost object or array. */
  public JsonWriter end() {
    depth--;
    out.append(closers[depth]);
    return this;
  }

  /** A member's name; its value follows. */
  public JsonWriter name(String name) {
    separate();
    quote(name);
    out.append(':');
    afterName = true;
    return this;
  }

  /** A string, or null. */
  public JsonWriter value(String text) {
    separate();
    if (text == null) {
      out.append("null");
    } else {
      quote(text);
    }
    return this;
  }

  /** An integer. */
  public JsonWriter value(long number) {
    separate();
    out.append(number);
    return this;
  }

  /** A number; null where it is not finite, and without fraction where it has none. */
  public JsonWriter value(double number) {
    if (number == Math.rint(number) && Math.abs(number) < 1e15) {
      return value((long) number);
    }
    separate();
    if (Double.isFinite(number)) {
      out.append(number);
    } else {
      out.append("null");
    }
    return this;
  }

  /** True or false. */
  public JsonWriter value(boolean truth) {
    separate();
    out.append(truth);
    return this;
  }

  /** What was written so far. */
  @Override
  public String toString() {
    return out.toString();
  }

  private JsonWriter open(char opener, char closer) {
    separate();
    out.append(opener);
    closers[depth] = closer;
    begun[depth] = false;
    depth++;
    return this;
  }

  private void separate() {
    if (afterName) {
      afterName = false;
    } else if (depth > 0) {
      if (begun[depth - 1]) {
        out.append(',');
      }
      begun[depth - 1] = true;
    }
  }

  private void quote(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029 || c == '<') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
