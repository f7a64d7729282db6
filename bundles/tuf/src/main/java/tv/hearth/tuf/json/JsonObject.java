package tv.hearth.tuf.json;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An object in its members' order. Immutable; getters fail with the member's name. */
public record JsonObject(Map<String, JsonValue> members) implements JsonValue.ObjectValue {
  /** Copies the members. */
  public JsonObject {
    members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
  }

  /** The member, where it is there. */
  public Optional<JsonValue> find(String name) {
    return Optional.ofNullable(members.get(name));
  }

  /** A member that must be an object. */
  public JsonObject object(String name) throws JsonException {
    return as(JsonObject.class, name, need(name));
  }

  /** A member that must be a string. */
  public String text(String name) throws JsonException {
    return as(JsonValue.Text.class, name, need(name)).value();
  }

  /** A member that must be a whole number. */
  public long whole(String name) throws JsonException {
    return as(JsonValue.Whole.class, name, need(name)).value();
  }

  /** A member that must be true or false. */
  public boolean truth(String name) throws JsonException {
    return as(JsonValue.Truth.class, name, need(name)).value();
  }

  /** A member that must be an array. */
  public List<JsonValue> array(String name) throws JsonException {
    return as(JsonValue.Array.class, name, need(name)).items();
  }

  /** A member that must be an array of strings. */
  public List<String> texts(String name) throws JsonException {
    List<String> texts = new ArrayList<>();
    for (JsonValue item : array(name)) {
      texts.add(as(JsonValue.Text.class, name, item).value());
    }
    return List.copyOf(texts);
  }

  /** The value as the type, or the error that names the member. */
  public static <T> T as(Class<T> type, String name, JsonValue value) throws JsonException {
    if (!type.isInstance(value)) {
      throw new JsonException("'" + name + "' is no " + type.getSimpleName());
    }
    return type.cast(value);
  }

  private JsonValue need(String name) throws JsonException {
    JsonValue value = members.get(name);
    if (value == null) {
      throw new JsonException("'" + name + "' is missing");
    }
    return value;
  }
}
