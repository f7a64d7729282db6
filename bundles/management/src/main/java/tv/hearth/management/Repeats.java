package tv.hearth.management;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Knows a record that came before: brokers deliver at least once, and a thief may replay. Holds the
 * hashes of some minutes' records. One thread.
 */
final class Repeats {
  private static final long MEMORY_MILLIS = 300_000;
  private static final int MOST = 512;

  private final InstantSource clock;
  private final Map<String, Long> seen = new LinkedHashMap<>();

  Repeats(InstantSource clock) {
    this.clock = clock;
  }

  /** Whether the same bytes came from the same endpoint within five minutes. */
  boolean repeated(String from, byte[] record) {
    long now = clock.millis();
    Iterator<Long> times = seen.values().iterator();
    while (times.hasNext() && (now - times.next() > MEMORY_MILLIS || seen.size() > MOST)) {
      times.remove();
    }
    return seen.putIfAbsent(from + hash(record), now) != null;
  }

  private static String hash(byte[] record) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(record);
      return " " + HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256", e);
    }
  }
}
