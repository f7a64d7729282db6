package tv.hearth.support.record;

import java.time.Instant;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.cbor.CborMap;

/**
 * A holder's word that a piece is synced to its disk; signed by the box.
 *
 * @param root Merkle root that the holder computed
 */
public record Receipt(BoxId holder, PieceId piece, long length, Bytes root, Instant stored) {
  /** Record and content type. */
  public static final String TYPE = "hearth/receipt";

  private static final int VERSION = 1;

  /** The payload. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("holder", holder.text())
        .put("object", piece.object().toBytes())
        .put("segment", piece.segment())
        .put("index", piece.index())
        .put("length", length)
        .put("root", root.toArray())
        .put("stored", Fields.seconds(stored))
        .toBytes();
  }

  /** Parses a payload. */
  public static Receipt decode(byte[] payload) throws RecordException {
    return Fields.parse(
        TYPE,
        VERSION,
        payload,
        (CborMap map) ->
            new Receipt(
                new BoxId(map.text("holder", 32)),
                new PieceId(
                    ObjectId.of(map.bytes("object", 16, 16)),
                    map.integer("segment", 0, (1 << 24) - 1),
                    map.integer("index", 0, 254)),
                map.number("length", 1, 1L << 31),
                Bytes.of(map.bytes("root", 32, 32)),
                Fields.instant(map, "stored")));
  }
}
