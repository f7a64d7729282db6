package tv.hearth.objects.core;

import java.util.Locale;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.vendor.objects.DurabilityClass;

/**
 * What a head holds sealed; deterministic CBOR, type {@value #TYPE}.
 *
 * @param name the object's name; for a pack its reserved name
 * @param type media type; {@value #FOLDER_TYPE} for a folder
 * @param length bytes of content, without the manifest
 * @param k pieces that restore a segment
 * @param n pieces of a segment
 * @param placed the least number of pieces with a receipt, over the segments
 * @param place where the bytes are
 */
public record HeadContent(
    Form form,
    String name,
    String type,
    long length,
    DurabilityClass durability,
    int k,
    int n,
    int placed,
    Place place) {
  /** Type of the content. */
  public static final String TYPE = "hearth/head-content";

  /** Media type of a folder. */
  public static final String FOLDER_TYPE = "application/vnd.hearth.folder";

  private static final int GRAIN = 1024;
  private static final int FILL_NAME = 5; // the text "fill" and its head
  private static final int FILL_HEAD = 3; // of a byte string of 256 … 65,535 bytes
  private static final int FILL_LEAST = 256;
  private static final int VERSION = 1;
  private static final int NAME_MOST = 300;

  /** What a name stands for. */
  public enum Form {
    /** One file. */
    FILE,
    /** Files one after the other, then their manifest. */
    FOLDER,
    /** A file inside a pack. */
    ENTRY,
    /** Entries one after the other, then their index. */
    PACK;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Where a name's bytes are. */
  public sealed interface Place permits Stored, Packed {}

  /**
   * In an object of its own.
   *
   * @param descriptor SHA-256 of the descriptor's payload
   * @param key the object's key, wrapped
   * @param manifest bytes of manifest or index that follow on the content; 0 for a file
   * @param dead entries of a pack that were deleted since it was written, 8 bytes each
   */
  public record Stored(ObjectId object, Bytes descriptor, Bytes key, long manifest, Bytes dead)
      implements Place {}

  /**
   * In a pack.
   *
   * @param pack the pack's id: 16 bytes
   * @param entry random, unique within the pack
   */
  public record Packed(Bytes pack, long entry) implements Place {}

  /** The place of a name with an object of its own; throws where it is a pack's entry. */
  public Stored stored() {
    if (place instanceof Stored) {
      return (Stored) place;
    }
    throw new IllegalStateException(form + " has no object of its own");
  }

  /**
   * The bytes to be sealed: filled up to a multiple of {@value #GRAIN}, so that how long they are
   * tells neighbours nothing of the name, the type and the length in them.
   */
  public byte[] sealable() {
    int plain = encode().length;
    int least = plain + FILL_NAME + FILL_HEAD;
    int goal = (least + FILL_LEAST + GRAIN - 1) / GRAIN * GRAIN;
    return map().put("fill", new byte[goal - least]).toBytes();
  }

  /** The bytes without filling. */
  public byte[] encode() {
    return map().toBytes();
  }

  private CborMap map() {
    CborMap map =
        new CborMap()
            .put("t", TYPE)
            .put("v", VERSION)
            .put("form", form.label())
            .put("name", name)
            .put("type", type)
            .put("length", length)
            .put("class", durability.label())
            .put("k", k)
            .put("n", n)
            .put("placed", placed);
    if (place instanceof Stored) {
      Stored stored = (Stored) place;
      map.put("object", stored.object().toBytes())
          .put("descriptor", stored.descriptor().toArray())
          .put("key", stored.key().toArray())
          .put("manifest", stored.manifest())
          .put("dead", stored.dead().toArray());
    } else {
      Packed packed = (Packed) place;
      map.put("pack", packed.pack().toArray()).put("entry", packed.entry());
    }
    return map;
  }

  /** Parses what was sealed; unknown versions and forms are refused by name. */
  public static HeadContent decode(byte[] content) throws CborException {
    CborMap map = CborMap.parse(content);
    long version = map.number("v", 0, Long.MAX_VALUE);
    if (!map.text("t", 64).equals(TYPE) || version != VERSION) {
      throw new CborException(
          map.text("t", 64) + " of version " + version + ": this software knows " + TYPE + " 1");
    }
    try {
      Form form = Form.valueOf(map.text("form", 16).toUpperCase(Locale.ROOT));
      int n = map.integer("n", 1, 255);
      return new HeadContent(
          form,
          map.text("name", NAME_MOST),
          map.text("type", 256),
          map.number("length", 0, 1L << 48),
          DurabilityClass.of(map.text("class", 32)),
          map.integer("k", 1, n),
          n,
          map.integer("placed", 0, n),
          form == Form.ENTRY ? packed(map) : stored(map));
    } catch (IllegalArgumentException e) {
      throw new CborException(TYPE + ": " + e.getMessage());
    }
  }

  private static Place packed(CborMap map) throws CborException {
    return new Packed(Bytes.of(map.bytes("pack", 16, 16)), map.number("entry", 0, Long.MAX_VALUE));
  }

  private static Place stored(CborMap map) throws CborException {
    return new Stored(
        ObjectId.of(map.bytes("object", 16, 16)),
        Bytes.of(map.bytes("descriptor", 32, 32)),
        Bytes.of(map.bytes("key", 1, 4096)),
        map.number("manifest", 0, Manifest.MOST_BYTES),
        Bytes.of(map.bytes("dead", 0, 1 << 15)));
  }
}
