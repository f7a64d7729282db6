package tv.hearth.crypto.keyring;

import java.security.SecureRandom;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.CipherException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.primitive.Hkdf;
import tv.hearth.crypto.primitive.Hpke;
import tv.hearth.crypto.primitive.Secret;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * The catalogue space's root for one box, by HPKE in base mode (docs/format-identity.md). It says
 * nothing about who made it: the signed record around it does. Pure.
 */
final class CatalogueGrant {
  private static final String TYPE = "hearth/catalogue-grant";
  private static final int VERSION = 1;
  private static final String SUITE = "X25519-HKDF-SHA256-A256GCM";
  private static final int MAX = 1024;

  private CatalogueGrant() {}

  static byte[] make(BoxId recipient, Bytes exchangeKey, Secret root, SecureRandom random)
      throws CipherException {
    byte[] sealed = Hpke.seal(exchangeKey, info(recipient), root.toArray(), random);
    return new CborMap()
        .put("t", TYPE)
        .put("v", VERSION)
        .put("suite", SUITE)
        .put("sealed", sealed)
        .toBytes();
  }

  static Secret open(byte[] grant, BoxId recipient, Secret exchange) throws CipherException {
    if (grant.length > MAX) {
      throw new CipherException(
          Problem.DAMAGED, "a catalogue grant of " + grant.length + " bytes, at most " + MAX);
    }
    try {
      CborMap map = CborMap.parse(grant);
      checkFormat(map);
      return Secret.of(Hpke.open(exchange, info(recipient), map.bytes("sealed", 1, MAX)));
    } catch (CborException | IllegalArgumentException e) {
      throw new CipherException(Problem.DAMAGED, "a catalogue grant: " + e.getMessage(), e);
    }
  }

  private static void checkFormat(CborMap map) throws CborException, CipherException {
    if (!map.text("t", 64).equals(TYPE)) {
      throw new CborException("the type is not " + TYPE);
    }
    long found = map.number("v", 0, Long.MAX_VALUE);
    String suite = map.text("suite", 64);
    if (found != VERSION || !suite.equals(SUITE)) {
      throw new CipherException(
          Problem.UNKNOWN_FORMAT,
          TYPE + " of version " + found + ": this software knows version 1 with " + SUITE);
    }
  }

  private static byte[] info(BoxId recipient) {
    return Hkdf.info(TYPE + "/v1/" + recipient.text());
  }
}
