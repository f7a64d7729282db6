package tv.hearth.support.record;

import java.time.Instant;
import java.util.List;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborMap;

/**
 * The offline membership root's word on which keys sign the map and films; signed by the root,
 * whose key is that of the operator's anchor certificate.
 *
 * @param epoch raised to recover from a stolen map key or a lost headend
 * @param version grows within an epoch
 * @param mapKey SubjectPublicKeyInfo (DER, Ed25519) of the key that signs the map
 * @param contentKeys of the content authorities, first the one for new films
 */
public record DelegationRecord(
    int epoch, long version, Instant expires, Bytes mapKey, List<Bytes> contentKeys) {
  /** Record and content type. */
  public static final String TYPE = "hearth/delegation";

  private static final int VERSION = 1;

  /** Copies the list. */
  public DelegationRecord {
    contentKeys = List.copyOf(contentKeys);
  }

  /** The payload. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("epoch", epoch)
        .put("version", version)
        .put("expires", Fields.seconds(expires))
        .put("map", mapKey.toArray())
        .putBytesList("content", Fields.raw(contentKeys))
        .toBytes();
  }

  /** Parses a payload. */
  public static DelegationRecord decode(byte[] payload) throws RecordException {
    return Fields.parse(
        TYPE,
        VERSION,
        payload,
        (CborMap map) ->
            new DelegationRecord(
                map.integer("epoch", 0, Integer.MAX_VALUE),
                map.number("version", 1, Fields.MOST_COUNT),
                Fields.instant(map, "expires"),
                Bytes.of(map.bytes("map", 32, 128)),
                Fields.wrapped(map.bytesList("content", 8, 32, 128))));
  }
}
