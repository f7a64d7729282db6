package tv.hearth.support.record;

import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborMap;

/**
 * A space's key for one box, signed by the content authority.
 *
 * @param version grows when the recipient's exchange key or the space's key changes
 * @param wrapped HPKE output as {@code Keyring.grantCatalogue} made it
 */
public record KeyGrantRecord(OwnerId owner, BoxId recipient, long version, Bytes wrapped) {
  /** Record and content type. */
  public static final String TYPE = "hearth/key-grant";

  private static final int VERSION = 1;

  /** The payload. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("owner", owner.text())
        .put("recipient", recipient.text())
        .put("version", version)
        .put("wrapped", wrapped.toArray())
        .toBytes();
  }

  /** Parses a payload. */
  public static KeyGrantRecord decode(byte[] payload) throws RecordException {
    return Fields.parse(
        TYPE,
        VERSION,
        payload,
        (CborMap map) ->
            new KeyGrantRecord(
                new OwnerId(map.text("owner", 32)),
                new BoxId(map.text("recipient", 32)),
                map.number("version", 1, Fields.MOST_COUNT),
                Bytes.of(map.bytes("wrapped", 1, 1024))));
  }
}
