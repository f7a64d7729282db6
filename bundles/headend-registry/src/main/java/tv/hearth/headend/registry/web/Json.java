package tv.hearth.headend.registry.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes JSON (RFC 8259): maps, lists, texts, numbers, true, false and null. */
final class Json {
  private Json() {}

  static byte[] write(Object value) {
    StringBuilder out = new StringBuilder();
    append(out, value);
    return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void append(StringBuilder out, Object value) {
    if (value instanceof Map<?, ?> map) {
      object(out, map);
    } else if (value instanceof List<?> list) {
      array(out, list);
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else {
      text(out, value.toString());
    }
  }

  private static void object(StringBuilder out, Map<?, ?> map) {
    String separator = "{";
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      out.append(separator);
      text(out, entry.getKey().toString());
      out.append(':');
      append(out, entry.getValue());
      separator = ",";
    }
    out.append(map.isEmpty() ? "{}" : "}");
  }

  private static void array(StringBuilder out, List<?> list) {
    String separator = "[";
    for (Object item : list) {
      out.append(separator);
      append(out, item);
      separator = ",";
    }
    out.append(list.isEmpty() ? "[]" : "]");
  }

  private static void text(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20 || Character.isSurrogate(c) || c == 0x2028 || c == 0x2029) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
