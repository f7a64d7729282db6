package tv.hearth.support.record;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.level.Levels;

/**
 * What all records share: a map that begins with its type {@code t} and version {@code v}. Fields
 * that a reader does not know are left alone, but for those that {@code crit} names: who does not
 * know them would misunderstand the rest (as RFC 9052's {@code crit}).
 */
final class Fields {
  private static final String CRITICAL = "crit";
  private static final int MOST_CRITICAL = 16;

  /** Last second that records can name: the year 9999. */
  private static final long LAST_SECOND = 253_402_300_799L;

  /**
   * The greatest number of a record that counts up: whoever takes the next never overflows, and a
   * JSON reader keeps it exactly.
   */
  static final long MOST_COUNT = (1L << 53) - 1;

  private Fields() {}

  static CborMap begin(String type, int version) {
    return new CborMap().put("t", type).put("v", version);
  }

  /** Parses a payload and its fields; refuses another type and, by name, unknown versions. */
  static <T> T parse(String type, int version, byte[] payload, Body<T> body)
      throws RecordException {
    try {
      CborMap map = CborMap.parse(payload);
      if (!map.text("t", 64).equals(type)) {
        throw new RecordException("a " + map.text("t", 64) + " where a " + type + " was expected");
      }
      long found = map.number("v", 0, Long.MAX_VALUE);
      if (found != version) {
        String what = type + " of version " + found + ": this software knows version " + version;
        throw found > version ? RecordException.newer(what) : new RecordException(what);
      }
      T read = body.read(map);
      refuseCritical(type, map);
      return read;
    } catch (CborException | IllegalArgumentException e) {
      throw new RecordException(type + ": " + e.getMessage(), e);
    }
  }

  private static void refuseCritical(String type, CborMap map)
      throws CborException, RecordException {
    if (!map.has(CRITICAL)) {
      return;
    }
    CborMap unknown = map.unasked();
    for (String name : map.texts(CRITICAL, MOST_CRITICAL, 64)) {
      if (unknown.has(name)) {
        throw RecordException.newer(
            type + " has the field " + name + ", which this software must know and does not");
      }
    }
  }

  /** What a record has beyond what this software reads, so that it is written back as it came. */
  static KeptFields rest(CborMap map) {
    return KeptFields.of(map.unasked(), Set.of());
  }

  static long seconds(Instant instant) {
    return Math.min(LAST_SECOND, Math.max(0, instant.getEpochSecond()));
  }

  /** The year 9999's last second stands for {@link Instant#MAX}. */
  static Instant instant(CborMap map, String key) throws CborException {
    long seconds = map.number(key, 0, LAST_SECOND);
    return seconds == LAST_SECOND ? Instant.MAX : Instant.ofEpochSecond(seconds);
  }

  /** A level; the first where the field, which came later, is not there. */
  static int level(CborMap map, String key) throws CborException {
    return map.has(key) ? map.integer(key, Levels.FIRST, Levels.MOST) : Levels.FIRST;
  }

  static List<byte[]> raw(List<Bytes> values) {
    return values.stream().map(Bytes::toArray).collect(Collectors.toList());
  }

  static List<Bytes> wrapped(List<byte[]> values) {
    return map(values, Bytes::of);
  }

  static <A, B> List<B> map(List<A> values, Function<A, B> form) {
    return values.stream().map(form).collect(Collectors.toUnmodifiableList());
  }

  /** Reads a record's own fields. */
  interface Body<T> {
    T read(CborMap map) throws CborException, RecordException;
  }
}
