package tv.hearth.support.record;

import java.time.Instant;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborMap;

/** Deletes an object's pieces for good; signed by the owner. */
public record Tombstone(OwnerId owner, ObjectId object, Instant deleted) {
  /** Record and content type. */
  public static final String TYPE = "hearth/tombstone";

  private static final int VERSION = 1;

  /** The payload. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("owner", owner.text())
        .put("object", object.toBytes())
        .put("deleted", Fields.seconds(deleted))
        .toBytes();
  }

  /** Parses a payload. */
  public static Tombstone decode(byte[] payload) throws RecordException {
    return Fields.parse(
        TYPE,
        VERSION,
        payload,
        (CborMap map) ->
            new Tombstone(
                new OwnerId(map.text("owner", 32)),
                ObjectId.of(map.bytes("object", 16, 16)),
                Fields.instant(map, "deleted")));
  }
}
