package tv.hearth.support.record;

import java.util.List;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.KeptFields;
import tv.hearth.support.text.KeyIds;

/**
 * How an object's bytes were sealed and coded. Immutable, named by the SHA-256 of its payload.
 *
 * @param header 40-byte header of the sealed stream
 * @param unit bytes of a unit
 * @param plainLength bytes of content
 * @param sealedLength bytes of ciphertext
 * @param segmentLength ciphertext bytes of every segment but the last, a multiple of k · unit
 * @param durability the class's label
 * @param segmentRoots a root over the piece roots, each segment
 * @param rest what a newer release's descriptor has beyond that
 */
public record DescriptorRecord(
    OwnerId owner,
    ObjectId object,
    Bytes header,
    int k,
    int n,
    int ack,
    int unit,
    long plainLength,
    long sealedLength,
    long segmentLength,
    String durability,
    List<Bytes> segmentRoots,
    KeptFields rest) {
  /** Record and content type. */
  public static final String TYPE = "hearth/descriptor";

  /** The only sealing there is. */
  public static final String CIPHER = "aes256-gcm-hkdf-sha256-64k";

  /** The only code there is; see the format page. */
  public static final String CODE = "rs-gf256-cantor-planes";

  /** The hash of units and trees. */
  public static final String HASH = "sha-256";

  private static final int VERSION = 1;
  private static final int MOST_SEGMENTS = 24_000;

  /** Copies the list. */
  public DescriptorRecord {
    segmentRoots = List.copyOf(segmentRoots);
  }

  /** As this release writes it. */
  public DescriptorRecord(
      OwnerId owner,
      ObjectId object,
      Bytes header,
      int k,
      int n,
      int ack,
      int unit,
      long plainLength,
      long sealedLength,
      long segmentLength,
      String durability,
      List<Bytes> segmentRoots) {
    this(
        owner,
        object,
        header,
        k,
        n,
        ack,
        unit,
        plainLength,
        sealedLength,
        segmentLength,
        durability,
        segmentRoots,
        KeptFields.NONE);
  }

  /** The payload. */
  public byte[] encode() {
    CborMap map =
        Fields.begin(TYPE, VERSION)
            .put("owner", owner.text())
            .put("object", object.toBytes())
            .put("cipher", CIPHER)
            .put("header", header.toArray())
            .put("code", CODE)
            .put("hash", HASH)
            .put("k", k)
            .put("n", n)
            .put("ack", ack)
            .put("unit", unit)
            .put("plain", plainLength)
            .put("sealed", sealedLength)
            .put("segment", segmentLength)
            .put("class", durability)
            .putBytesList("roots", Fields.raw(segmentRoots));
    return rest.into(map).toBytes();
  }

  /** Its name. */
  public Bytes hash() {
    return Bytes.of(KeyIds.sha256(encode()));
  }

  /** Parses a payload; algorithms and shapes are checked. */
  public static DescriptorRecord decode(byte[] payload) throws RecordException {
    return Fields.parse(TYPE, VERSION, payload, DescriptorRecord::read);
  }

  private static DescriptorRecord read(CborMap map)
      throws tv.hearth.support.cbor.CborException, RecordException {
    known(map.text("cipher", 64), CIPHER);
    known(map.text("code", 64), CODE);
    known(map.text("hash", 64), HASH);
    int n = map.integer("n", 1, 255);
    DescriptorRecord record =
        new DescriptorRecord(
            new OwnerId(map.text("owner", 32)),
            ObjectId.of(map.bytes("object", 16, 16)),
            Bytes.of(map.bytes("header", 40, 40)),
            map.integer("k", 1, n),
            n,
            map.integer("ack", 1, n),
            map.integer("unit", 64, 1 << 20),
            map.number("plain", 0, 1L << 48),
            map.number("sealed", 1, 1L << 48),
            map.number("segment", 1, 1L << 30),
            map.text("class", 32),
            Fields.wrapped(map.bytesList("roots", MOST_SEGMENTS, 32, 32)),
            Fields.rest(map));
    record.check();
    return record;
  }

  private void check() throws RecordException {
    long stripe = (long) k * unit;
    boolean shape = unit % 64 == 0 && segmentLength % stripe == 0;
    long segments = (sealedLength + segmentLength - 1) / segmentLength;
    if (!shape || ack < k || segments != segmentRoots.size()) {
      throw new RecordException(TYPE + ": its sizes contradict each other");
    }
  }

  private static void known(String found, String expected) throws RecordException {
    if (!found.equals(expected)) {
      throw new RecordException(
          TYPE + ": unknown algorithm " + found + ", this software knows " + expected);
    }
  }
}
