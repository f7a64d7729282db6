package tv.hearth.support.record;

import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborMap;

/**
 * A household's wrapped root, kept by neighbours, signed by the household.
 *
 * @param version grows with each new recovery phrase
 */
public record RootRecord(OwnerId owner, long version, Bytes wrapped) {
  /** Record and content type. */
  public static final String TYPE = "hearth/root";

  private static final int VERSION = 1;

  /** The payload. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("owner", owner.text())
        .put("version", version)
        .put("wrapped", wrapped.toArray())
        .toBytes();
  }

  /** Parses a payload. */
  public static RootRecord decode(byte[] payload) throws RecordException {
    return Fields.parse(
        TYPE,
        VERSION,
        payload,
        (CborMap map) ->
            new RootRecord(
                new OwnerId(map.text("owner", 32)),
                map.number("version", 1, Fields.MOST_COUNT),
                Bytes.of(map.bytes("wrapped", 1, 1024))));
  }
}
