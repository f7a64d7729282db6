package tv.hearth.support.record;

import java.time.Instant;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborMap;

/**
 * Extends the lease of an object's pieces, once its head has committed; signed by the owner.
 *
 * @param until {@link Instant#MAX}: until deleted
 */
public record KeepRecord(OwnerId owner, ObjectId object, Instant until) {
  /** Record and content type. */
  public static final String TYPE = "hearth/keep";

  private static final int VERSION = 1;

  /** The payload. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("owner", owner.text())
        .put("object", object.toBytes())
        .put("until", Fields.seconds(until))
        .toBytes();
  }

  /** Parses a payload. */
  public static KeepRecord decode(byte[] payload) throws RecordException {
    return Fields.parse(
        TYPE,
        VERSION,
        payload,
        (CborMap map) ->
            new KeepRecord(
                new OwnerId(map.text("owner", 32)),
                ObjectId.of(map.bytes("object", 16, 16)),
                Fields.instant(map, "until")));
  }
}
