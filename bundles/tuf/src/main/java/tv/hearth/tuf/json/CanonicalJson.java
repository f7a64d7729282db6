package tv.hearth.tuf.json;

import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;

/**
 * The canonical form (OLPC) that TUF signs: no space, names sorted, only quote and backslash
 * escaped, UTF-8. Pure.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /** The value's canonical bytes. */
  public static byte[] encode(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonValue value, StringBuilder out) {
    if (value instanceof JsonObject object) {
      String comma = "{";
      // By code points, as the other implementations sort; Java's own order is by UTF-16 units.
      TreeMap<String, JsonValue> sorted = new TreeMap<>(CanonicalJson::compare);
      sorted.putAll(object.members());
      for (var member : sorted.entrySet()) {
        out.append(comma);
        quote(member.getKey(), out);
        out.append(':');
        write(member.getValue(), out);
        comma = ",";
      }
      out.append(sorted.isEmpty() ? "{}" : "}");
    } else if (value instanceof JsonValue.Array array) {
      list(array.items(), out);
    } else if (value instanceof JsonValue.Text text) {
      quote(text.value(), out);
    } else if (value instanceof JsonValue.Whole whole) {
      out.append(whole.value());
    } else if (value instanceof JsonValue.Truth truth) {
      out.append(truth.value());
    } else {
      out.append("null");
    }
  }

  private static void list(List<JsonValue> items, StringBuilder out) {
    out.append('[');
    for (Iterator<JsonValue> i = items.iterator(); i.hasNext(); ) {
      write(i.next(), out);
      out.append(i.hasNext() ? "," : "");
    }
    out.append(']');
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
  }

  private static int compare(String a, String b) {
    int[] left = a.codePoints().toArray();
    int[] right = b.codePoints().toArray();
    return java.util.Arrays.compare(left, right);
  }
}
