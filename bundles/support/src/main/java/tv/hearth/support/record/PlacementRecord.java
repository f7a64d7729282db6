package tv.hearth.support.record;

import java.util.List;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborMap;

/**
 * Where one segment's pieces are, signed by the owner. Authoritative: a new map moves nothing.
 *
 * @param version grows when pieces move
 * @param holders of piece i at place i; n of them
 * @param spares boxes that repair may use, best first
 * @param pieceRoots Merkle root of piece i at place i
 * @param receipts the holder's signed receipt for piece i at place i, empty where there is none
 */
public record PlacementRecord(
    OwnerId owner,
    ObjectId object,
    int segment,
    long version,
    List<BoxId> holders,
    List<BoxId> spares,
    List<Bytes> pieceRoots,
    List<Bytes> receipts) {
  /** Record and content type. */
  public static final String TYPE = "hearth/placement";

  private static final int VERSION = 1;

  /** Copies the lists. */
  public PlacementRecord {
    holders = List.copyOf(holders);
    spares = List.copyOf(spares);
    pieceRoots = List.copyOf(pieceRoots);
    receipts = List.copyOf(receipts);
  }

  /** The name that the record is kept under. */
  public static String name(ObjectId object, int segment) {
    return object.text() + "-" + segment;
  }

  /** The payload. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("owner", owner.text())
        .put("object", object.toBytes())
        .put("segment", segment)
        .put("version", version)
        .putTexts("holders", Fields.map(holders, BoxId::text))
        .putTexts("spares", Fields.map(spares, BoxId::text))
        .putBytesList("roots", Fields.raw(pieceRoots))
        .putBytesList("receipts", Fields.raw(receipts))
        .toBytes();
  }

  /** Parses a payload. */
  public static PlacementRecord decode(byte[] payload) throws RecordException {
    return Fields.parse(TYPE, VERSION, payload, PlacementRecord::read);
  }

  private static PlacementRecord read(CborMap map)
      throws tv.hearth.support.cbor.CborException, RecordException {
    PlacementRecord record =
        new PlacementRecord(
            new OwnerId(map.text("owner", 32)),
            ObjectId.of(map.bytes("object", 16, 16)),
            map.integer("segment", 0, (1 << 24) - 1),
            map.number("version", 1, Fields.MOST_COUNT),
            Fields.map(map.texts("holders", 255, 32), BoxId::new),
            Fields.map(map.texts("spares", 255, 32), BoxId::new),
            Fields.wrapped(map.bytesList("roots", 255, 32, 32)),
            Fields.wrapped(map.bytesList("receipts", 255, 0, 512)));
    int n = record.holders.size();
    if (n == 0 || record.pieceRoots.size() != n || record.receipts.size() != n) {
      throw new RecordException(TYPE + ": holders, roots and receipts differ in number");
    }
    return record;
  }
}
