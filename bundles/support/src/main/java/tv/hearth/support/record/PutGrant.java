package tv.hearth.support.record;

import java.time.Instant;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.cbor.CborMap;

/**
 * Lets a piece be put at one holder on the owner's quota; signed by the owner.
 *
 * @param length bytes of the piece
 * @param unit bytes of a unit
 * @param expires from then on the grant is worthless
 * @param lease how long the piece stays unless it is kept
 */
public record PutGrant(
    OwnerId owner,
    BoxId holder,
    PieceId piece,
    long length,
    int unit,
    Instant expires,
    Instant lease) {
  /** Record and content type. */
  public static final String TYPE = "hearth/put-grant";

  private static final int VERSION = 1;

  /** The payload. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("owner", owner.text())
        .put("holder", holder.text())
        .put("object", piece.object().toBytes())
        .put("segment", piece.segment())
        .put("index", piece.index())
        .put("length", length)
        .put("unit", unit)
        .put("expires", Fields.seconds(expires))
        .put("lease", Fields.seconds(lease))
        .toBytes();
  }

  /** Parses a payload. */
  public static PutGrant decode(byte[] payload) throws RecordException {
    return Fields.parse(
        TYPE,
        VERSION,
        payload,
        (CborMap map) ->
            new PutGrant(
                new OwnerId(map.text("owner", 32)),
                new BoxId(map.text("holder", 32)),
                new PieceId(
                    ObjectId.of(map.bytes("object", 16, 16)),
                    map.integer("segment", 0, (1 << 24) - 1),
                    map.integer("index", 0, 254)),
                map.number("length", 1, 1L << 31),
                map.integer("unit", 64, 1 << 20),
                Fields.instant(map, "expires"),
                Fields.instant(map, "lease")));
  }

  /** The digest by which a log may name a grant. */
  public Bytes digest() {
    return Bytes.of(tv.hearth.support.text.KeyIds.sha256(encode()));
  }
}
