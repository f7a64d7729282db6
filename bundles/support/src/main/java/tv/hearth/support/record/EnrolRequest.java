package tv.hearth.support.record;

import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.support.cbor.CborWriter;
import tv.hearth.support.text.KeyIds;

/**
 * A request to enrol (with a claim's proof) or to renew (without: the TLS client certificate speaks
 * then). The arrays must not be changed.
 *
 * @param body an {@link EnrolBody} as COSE_Sign1 by the node's identity key
 * @param household SHA-256 of {@code body} as COSE_Sign1 by the household's key, type {@link
 *     #HOUSEHOLD_TYPE}
 * @param claim the claim code's id, or empty
 * @param proof HMAC-SHA-256 of {@link #proofMessage} under the claim code, or empty
 */
public record EnrolRequest(byte[] body, byte[] household, String claim, byte[] proof) {
  /** Type of the message. */
  public static final String TYPE = "hearth/enrol";

  /** Content type of the household's signature. */
  public static final String HOUSEHOLD_TYPE = "hearth/enrol-household";

  private static final String PROOF_DOMAIN = "hearth/enrol-proof/1";
  private static final int VERSION = 1;
  private static final int MOST = 16_384;

  /** What the claim's HMAC is over: a CBOR array of a domain label and the signed body. */
  public static byte[] proofMessage(byte[] body) {
    return new CborWriter().arrayHead(2).text(PROOF_DOMAIN).bytes(body).toBytes();
  }

  /** What the household signs. */
  public static byte[] householdPayload(byte[] body) {
    return KeyIds.sha256(body);
  }

  /** The message's bytes. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION)
        .put("body", body)
        .put("home", household)
        .put("claim", claim)
        .put("proof", proof)
        .toBytes();
  }

  /** Parses a message; nothing in it is verified. */
  public static EnrolRequest decode(byte[] message) throws RecordException {
    return Fields.parse(TYPE, VERSION, message, EnrolRequest::read);
  }

  private static EnrolRequest read(CborMap map) throws CborException {
    return new EnrolRequest(
        map.bytes("body", 1, MOST),
        map.bytes("home", 1, 512),
        map.text("claim", 16),
        map.bytes("proof", 0, 32));
  }
}
