package tv.hearth.release;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonValue;

/** Builds JSON values and writes them for people to read (RFC 8259). Pure. */
final class Json {
  private Json() {}

  /** Names and values in turn; values are texts, whole numbers, truths, lists or JSON values. */
  static JsonObject object(Object... members) {
    Map<String, JsonValue> map = new LinkedHashMap<>();
    for (int i = 0; i < members.length; i += 2) {
      map.put((String) members[i], value(members[i + 1]));
    }
    return new JsonObject(map);
  }

  static JsonValue value(Object value) {
    if (value instanceof JsonValue json) {
      return json;
    }
    if (value instanceof List<?> list) {
      return new JsonValue.Array(list.stream().map(Json::value).toList());
    }
    if (value instanceof Boolean truth) {
      return new JsonValue.Truth(truth);
    }
    if (value instanceof Number number) {
      return new JsonValue.Whole(number.longValue());
    }
    return new JsonValue.Text((String) value);
  }

  static JsonObject with(JsonObject object, String name, JsonValue value) {
    Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
    members.put(name, value);
    return new JsonObject(members);
  }

  static byte[] write(JsonValue value) {
    StringBuilder out = new StringBuilder();
    write(value, "\n", out);
    return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void write(JsonValue value, String indent, StringBuilder out) {
    String inner = indent + " ";
    if (value instanceof JsonObject object) {
      String before = "{" + inner;
      for (var member : object.members().entrySet()) {
        out.append(before);
        quote(member.getKey(), out);
        out.append(": ");
        write(member.getValue(), inner, out);
        before = "," + inner;
      }
      out.append(object.members().isEmpty() ? "{}" : indent + "}");
    } else if (value instanceof JsonValue.Array array) {
      String before = "[" + inner;
      for (JsonValue item : array.items()) {
        out.append(before);
        write(item, inner, out);
        before = "," + inner;
      }
      out.append(array.items().isEmpty() ? "[]" : indent + "]");
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

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < 0x20) {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    out.append('"');
  }
}
