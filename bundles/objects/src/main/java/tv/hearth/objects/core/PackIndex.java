package tv.hearth.objects.core;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborReader;
import tv.hearth.support.cbor.CborWriter;

/**
 * Which entries a pack has, sealed with them: it follows on the last entry's bytes. CBOR: {@code
 * ["hearth/pack-index", 1, [[entry, length]…]]}, in the order of their bytes. Immutable.
 */
public final class PackIndex {
  /** Bytes of entries after which a pack is closed and a new one begun. */
  public static final int FULL = 2 << 20;

  private static final String TYPE = "hearth/pack-index";
  private static final int VERSION = 1;
  private static final int MOST = 16_384;
  private final Map<Long, Extent> entries = new LinkedHashMap<>();
  private long bytes;

  /** Where an entry is in its pack. */
  public record Extent(long offset, long length) {}

  /** Of entries' lengths by their ids, in the order of their bytes. */
  public static PackIndex of(Map<Long, Long> lengths) {
    PackIndex index = new PackIndex();
    lengths.forEach(index::add);
    return index;
  }

  /** An entry's place, or null. */
  public Extent find(long entry) {
    return entries.get(entry);
  }

  /** Entries in the order of their bytes. */
  public Map<Long, Extent> entries() {
    return java.util.Collections.unmodifiableMap(entries);
  }

  /** Bytes of all entries. */
  public long bytes() {
    return bytes;
  }

  /** True where one more entry still fits. */
  public boolean takes(long length) {
    return bytes + length <= FULL && entries.size() < MOST;
  }

  /** True where more than half of the bytes are of these entries. */
  public boolean mostlyGarbage(Collection<Long> dead) {
    long garbage = 0;
    for (long entry : Set.copyOf(dead)) {
      Extent extent = entries.get(entry);
      garbage += extent == null ? 0 : extent.length();
    }
    return garbage * 2 > bytes;
  }

  /** The bytes. */
  public byte[] encode() {
    CborWriter out = new CborWriter().arrayHead(3).text(TYPE).number(VERSION);
    out.arrayHead(entries.size());
    entries.forEach((id, extent) -> out.arrayHead(2).number(id).number(extent.length()));
    return out.toBytes();
  }

  /** Parses an index. */
  public static PackIndex decode(byte[] encoded) throws CborException {
    CborReader in = new CborReader(encoded);
    if (in.arrayHead() != 3 || !in.text(64).equals(TYPE) || in.number() != VERSION) {
      throw new CborException("not a " + TYPE + " of version " + VERSION);
    }
    PackIndex index = new PackIndex();
    int size = in.arrayHead();
    if (size > MOST) {
      throw new CborException(TYPE + ": " + size + " entries, at most " + MOST);
    }
    for (int left = size; left > 0; left--) {
      if (in.arrayHead() != 2) {
        throw new CborException(TYPE + ": an entry has two parts");
      }
      long entry = in.number();
      long length = in.number();
      if (entry < 0 || length < 0 || length > 1L << 30 || index.entries.containsKey(entry)) {
        throw new CborException(TYPE + ": an entry is out of range or there twice");
      }
      index.add(entry, length);
    }
    in.end();
    return index;
  }

  private void add(long entry, long length) {
    entries.put(entry, new Extent(bytes, length));
    bytes += length;
  }
}
