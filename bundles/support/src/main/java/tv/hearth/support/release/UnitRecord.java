package tv.hearth.support.release;

import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * A bundle of a set.
 *
 * @param version of the bundle; empty where only its jar says it
 * @param sha256 of the jar, lower-case hexadecimal
 * @param length of the jar, bytes
 * @param order lower ones start first, 0…1000
 * @param source URL of the jar in the firmware; empty where the store has it
 */
public record UnitRecord(
    String symbolicName, String version, String sha256, long length, int order, String source) {
  private static final int MOST_NAME = 200;
  private static final int MOST_SOURCE = 4096;

  /** Checks the hash's form, of which file names are made. */
  public UnitRecord {
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("no SHA-256: " + sha256);
    }
  }

  CborMap toCbor() {
    return new CborMap()
        .put("name", symbolicName)
        .put("version", version)
        .put("sha256", sha256)
        .put("length", length)
        .put("order", order)
        .put("source", source);
  }

  static UnitRecord of(CborMap map) throws CborException {
    String sha256 = map.text("sha256", 64);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new CborException("sha256 is none");
    }
    return new UnitRecord(
        map.text("name", MOST_NAME),
        map.text("version", MOST_NAME),
        sha256,
        map.number("length", 0, Long.MAX_VALUE),
        map.integer("order", 0, 1000),
        map.text("source", MOST_SOURCE));
  }
}
