package tv.hearth.tuf.json;

import java.util.List;

/** A JSON value (RFC 8259) without fractions. Immutable. */
public sealed interface JsonValue {
  /** An array. */
  record Array(List<JsonValue> items) implements JsonValue {
    /** Copies the list. */
    public Array {
      items = List.copyOf(items);
    }
  }

  /** A string. */
  record Text(String value) implements JsonValue {}

  /** A whole number of 64 bits. */
  record Whole(long value) implements JsonValue {}

  /** True or false. */
  record Truth(boolean value) implements JsonValue {}

  /** Null. */
  record Null() implements JsonValue {}

  /** An object; a class of its own for its typed getters. */
  non-sealed interface ObjectValue extends JsonValue {}
}
