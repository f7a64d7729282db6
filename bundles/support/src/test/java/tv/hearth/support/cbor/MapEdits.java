package tv.hearth.support.cbor;

import java.util.List;

/** Takes a parsed map apart, so that tests can spoil any field of any record. */
public final class MapEdits {
  private MapEdits() {}

  /** Its keys in order. */
  public static List<String> keys(CborMap map) {
    return List.copyOf(map.entries().keySet());
  }

  /** The value under a key: Long, byte[], String, Boolean, List or CborMap. */
  public static Object value(CborMap map, String key) {
    return map.entries().get(key);
  }

  /** A copy without a key. */
  public static CborMap without(CborMap map, String key) {
    CborMap copy = new CborMap();
    map.entries().forEach((k, v) -> copy.set(k, v));
    CborMap less = new CborMap();
    copy.entries().entrySet().stream()
        .filter(e -> !e.getKey().equals(key))
        .forEach(e -> less.set(e.getKey(), e.getValue()));
    return less;
  }

  /** A copy with another value under a key. */
  public static CborMap with(CborMap map, String key, Object value) {
    return without(map, key).set(key, value);
  }
}
