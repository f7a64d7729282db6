package tv.hearth.support.cbor;

import java.util.Arrays;
import java.util.Set;

/**
 * The fields of a stored map that its reader does not know, for the day when it writes the map
 * again: what a newer release added stays. Of the stored map's size, so bounded by whoever read it.
 * Immutable.
 */
public final class KeptFields {
  /** No fields. */
  public static final KeptFields NONE = new KeptFields(new CborMap().toBytes());

  private final byte[] fields;

  private KeptFields(byte[] fields) {
    this.fields = fields;
  }

  /** Those of a map beyond the ones that its reader knows. */
  public static KeptFields of(CborMap map, Set<String> known) {
    CborMap unknown = new CborMap();
    map.entries()
        .forEach(
            (key, value) -> {
              if (!known.contains(key)) {
                unknown.set(key, value);
              }
            });
    return unknown.entries().isEmpty() ? NONE : new KeptFields(unknown.toBytes());
  }

  /** Puts them into a map that is to be written; what it has already stays as it is. */
  public CborMap into(CborMap map) {
    try {
      CborMap.parse(fields)
          .entries()
          .forEach(
              (key, value) -> {
                if (!map.has(key)) {
                  map.set(key, value);
                }
              });
      return map;
    } catch (CborException e) {
      throw new IllegalStateException("what was encoded here can't be read", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeptFields && Arrays.equals(fields, ((KeptFields) other).fields);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(fields);
  }

  @Override
  public String toString() {
    return fields.length + " bytes of fields that are unknown here";
  }
}
