package tv.hearth.telemetry;

import java.util.Locale;

/**
 * Writes one flat JSON object (RFC 8259): names with numbers, texts or booleans. Not thread-safe.
 */
final class Json {
  private final StringBuilder text = new StringBuilder("{");

  /** A number; what JSON can't say (NaN, infinite) becomes null. */
  Json put(String name, double value) {
    name(name);
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      text.append("null");
    } else if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
      text.append((long) value);
    } else {
      text.append(value);
    }
    return this;
  }

  /** A text. */
  Json put(String name, String value) {
    name(name);
    quote(value);
    return this;
  }

  /** True or false. */
  Json put(String name, boolean value) {
    name(name);
    text.append(value);
    return this;
  }

  /** The object so far. */
  @Override
  public String toString() {
    return text + "}";
  }

  private void name(String name) {
    if (text.length() > 1) {
      text.append(',');
    }
    quote(name);
    text.append(':');
  }

  private void quote(String value) {
    text.append('"');
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        text.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c) && !paired(value, i)) {
        text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        text.append(c);
      }
    }
    text.append('"');
  }

  /** A lone surrogate has no UTF-8. */
  private static boolean paired(String value, int i) {
    char c = value.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < value.length() && Character.isLowSurrogate(value.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(value.charAt(i - 1));
  }
}
