package tv.hearth.support.record;

import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * What the map's topic carries: the signed delegation and the signed map under it, both as
 * COSE_Sign1.
 *
 * @param delegation signed by the membership root
 * @param map signed by the delegation's map key
 */
public record SignedMap(byte[] delegation, byte[] map) {
  /** Type of the pair. */
  public static final String TYPE = "hearth/signed-map";

  private static final int VERSION = 1;

  /** The message's bytes. */
  public byte[] encode() {
    return Fields.begin(TYPE, VERSION).put("delegation", delegation).put("map", map).toBytes();
  }

  /** Parses a message; nothing in it is verified. */
  public static SignedMap decode(byte[] message) throws RecordException {
    return Fields.parse(TYPE, VERSION, message, SignedMap::read);
  }

  private static SignedMap read(CborMap map) throws CborException {
    return new SignedMap(map.bytes("delegation", 1, 8192), map.bytes("map", 1, 1 << 20));
  }
}
