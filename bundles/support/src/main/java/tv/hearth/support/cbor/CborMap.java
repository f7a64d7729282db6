package tv.hearth.support.cbor;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A CBOR map with text keys, kept in the deterministic order (shorter keys first, then bytewise;
 * keys are ASCII). Values are read with their type and range checked. Not thread-safe.
 */
public final class CborMap {
  private static final Comparator<String> ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());
  private final SortedMap<String, Object> entries = new TreeMap<>(ORDER);
  private Set<String> asked = Set.of();

  /** Parses bytes that are exactly one map. */
  public static CborMap parse(byte[] bytes) throws CborException {
    CborReader reader = new CborReader(bytes);
    CborMap map = reader.map();
    reader.end();
    return map;
  }

  /**
   * Parses bytes that are exactly one map of that type {@code t} and version {@code v}.
   *
   * @throws NewerFormatException where a newer version's number is on it, whatever else it holds
   */
  public static CborMap parse(byte[] bytes, String type, int version) throws CborException {
    checkNotNewer(bytes, type, version);
    CborMap map = parse(bytes);
    if (!map.text("t", 64).equals(type) || map.number("v", 0, Long.MAX_VALUE) != version) {
      throw new CborException("not a " + type + " of version " + version);
    }
    return map;
  }

  /** Type and version are first, for no other key has one letter: so they tell of any version. */
  private static void checkNotNewer(byte[] bytes, String type, int version)
      throws NewerFormatException {
    long found;
    try {
      CborReader head = new CborReader(bytes);
      head.mapHead();
      boolean sound =
          head.text(64).equals("t") && head.text(64).equals(type) && head.text(64).equals("v");
      found = sound ? head.number() : 0;
    } catch (CborException e) {
      return; // whoever parses it says what is wrong
    }
    if (found > version) {
      throw new NewerFormatException(
          type + " is of version " + found + ": this release knows version " + version);
    }
  }

  /** Sets an integer. */
  public CborMap put(String key, long value) {
    return set(key, value);
  }

  /** Sets a byte string. */
  public CborMap put(String key, byte[] value) {
    return set(key, value);
  }

  /** Sets a text. */
  public CborMap put(String key, String value) {
    return set(key, value);
  }

  /** Sets true or false. */
  public CborMap put(String key, boolean value) {
    return set(key, value);
  }

  /** Sets a map. */
  public CborMap put(String key, CborMap value) {
    return set(key, value);
  }

  /** Sets a list of byte strings. */
  public CborMap putBytesList(String key, List<byte[]> values) {
    return set(key, List.copyOf(values));
  }

  /** Sets a list of texts. */
  public CborMap putTexts(String key, List<String> values) {
    return set(key, List.copyOf(values));
  }

  /** Sets a list of maps. */
  public CborMap putMaps(String key, List<CborMap> values) {
    return set(key, List.copyOf(values));
  }

  /** What nobody has asked for so far: what a newer release put in, once all else was read. */
  public CborMap unasked() {
    CborMap rest = new CborMap();
    entries.forEach(
        (key, value) -> {
          if (!asked.contains(key)) {
            rest.set(key, value);
          }
        });
    return rest;
  }

  /** Whether there is such a key: for keys that came later. */
  public boolean has(String key) {
    return entries.containsKey(key);
  }

  /** An integer in {@code min…max}. */
  public long number(String key, long min, long max) throws CborException {
    long value = get(key, Long.class);
    if (value < min || value > max) {
      throw new CborException(key + " is " + value + ", not in " + min + "…" + max);
    }
    return value;
  }

  /** An integer in {@code min…max}. */
  public int integer(String key, int min, int max) throws CborException {
    return (int) number(key, min, max);
  }

  /** A byte string of {@code min…max} bytes. */
  public byte[] bytes(String key, int min, int max) throws CborException {
    return checked(key, get(key, byte[].class), min, max);
  }

  /** A text of at most {@code max} characters. */
  public String text(String key, int max) throws CborException {
    String value = get(key, String.class);
    if (value.length() > max) {
      throw new CborException(key + " is longer than " + max + " characters");
    }
    return value;
  }

  /** True or false. */
  public boolean bool(String key) throws CborException {
    return get(key, Boolean.class);
  }

  /** A map. */
  public CborMap map(String key) throws CborException {
    return get(key, CborMap.class);
  }

  /** A list of at most {@code most} byte strings of {@code min…max} bytes each. */
  public List<byte[]> bytesList(String key, int most, int min, int max) throws CborException {
    List<byte[]> values = list(key, most, byte[].class);
    for (byte[] value : values) {
      checked(key, value, min, max);
    }
    return values;
  }

  /** A list of at most {@code most} texts of at most {@code max} characters. */
  public List<String> texts(String key, int most, int max) throws CborException {
    List<String> values = list(key, most, String.class);
    for (String value : values) {
      if (value.length() > max) {
        throw new CborException("a text in " + key + " is longer than " + max + " characters");
      }
    }
    return values;
  }

  /** A list of at most {@code most} maps. */
  public List<CborMap> maps(String key, int most) throws CborException {
    return list(key, most, CborMap.class);
  }

  /** The deterministic encoding. */
  public byte[] toBytes() {
    return new CborWriter().value(this).toBytes();
  }

  SortedMap<String, Object> entries() {
    return Collections.unmodifiableSortedMap(entries);
  }

  CborMap set(String key, Object value) {
    entries.put(key, value);
    return this;
  }

  boolean follows(String key) {
    return entries.isEmpty() || ORDER.compare(entries.lastKey(), key) < 0;
  }

  private <T> T get(String key, Class<T> type) throws CborException {
    if (asked.isEmpty()) {
      asked = new HashSet<>(); // most maps of a hostile list are never asked for anything
    }
    asked.add(key);
    Object value = entries.get(key);
    if (!type.isInstance(value)) {
      throw new CborException(value == null ? key + " is missing" : key + " has another type");
    }
    return type.cast(value);
  }

  private <T> List<T> list(String key, int most, Class<T> type) throws CborException {
    List<?> raw = get(key, List.class);
    if (raw.size() > most) {
      throw new CborException(key + " has " + raw.size() + " items, at most " + most);
    }
    List<T> values = new ArrayList<>(raw.size());
    for (Object item : raw) {
      if (!type.isInstance(item)) {
        throw new CborException("an item of " + key + " has another type");
      }
      values.add(type.cast(item));
    }
    return values;
  }

  private static byte[] checked(String key, byte[] value, int min, int max) throws CborException {
    if (value.length < min || value.length > max) {
      throw new CborException(key + " has " + value.length + " bytes, not " + min + "…" + max);
    }
    return value;
  }
}
