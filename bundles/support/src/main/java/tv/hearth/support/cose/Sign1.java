package tv.hearth.support.cose;

import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborReader;
import tv.hearth.support.cbor.CborWriter;

/**
 * A tagged COSE_Sign1 (RFC 9052 §4.2) with the algorithm EdDSA (RFC 9053) and a content type, both
 * protected. The content type is the record's type, so that a signature over one kind never passes
 * for another. External additional data are empty. Immutable but for its arrays, which callers must
 * not change.
 *
 * @param signature 64 bytes of Ed25519
 */
public record Sign1(String type, byte[] payload, byte[] signature) {
  /** Largest envelope that is parsed, bytes. */
  public static final int MAX = 1 << 20;

  private static final int TAG = 18;
  private static final int ALGORITHM = 1;
  private static final int CONTENT_TYPE = 3;
  private static final int EDDSA = -8;

  /** The bytes that are signed: {@code ["Signature1", protected, h'', payload]}. */
  public static byte[] toBeSigned(String type, byte[] payload) {
    return new CborWriter()
        .arrayHead(4)
        .text("Signature1")
        .bytes(protectedHeader(type))
        .bytes(new byte[0])
        .bytes(payload)
        .toBytes();
  }

  /** The envelope's bytes. */
  public byte[] encode() {
    return new CborWriter()
        .tag(TAG)
        .arrayHead(4)
        .bytes(protectedHeader(type))
        .mapHead(0)
        .bytes(payload)
        .bytes(signature)
        .toBytes();
  }

  /** Parses an envelope, its payload left alone; nothing is verified. */
  public static Sign1 parse(byte[] bytes) throws CborException {
    if (bytes.length > MAX) {
      throw new CborException("a signed record of " + bytes.length + " bytes, at most " + MAX);
    }
    CborReader reader = new CborReader(bytes);
    reader.tag(TAG);
    if (reader.arrayHead() != 4) {
      throw new CborException("a COSE_Sign1 has four parts");
    }
    String type = typeOf(reader.bytes(128));
    if (reader.mapHead() != 0) {
      throw new CborException("unprotected headers are not allowed");
    }
    byte[] payload = reader.bytes(MAX);
    byte[] signature = reader.bytes(64);
    reader.end();
    if (signature.length != 64) {
      throw new CborException("an Ed25519 signature has 64 bytes, not " + signature.length);
    }
    return new Sign1(type, payload, signature);
  }

  private static byte[] protectedHeader(String type) {
    return new CborWriter()
        .mapHead(2)
        .number(ALGORITHM)
        .number(EDDSA)
        .number(CONTENT_TYPE)
        .text(type)
        .toBytes();
  }

  private static String typeOf(byte[] header) throws CborException {
    CborReader reader = new CborReader(header);
    if (reader.mapHead() != 2 || reader.number() != ALGORITHM || reader.number() != EDDSA) {
      throw new CborException("the signature's algorithm is not EdDSA");
    }
    if (reader.number() != CONTENT_TYPE) {
      throw new CborException("the signed record names no content type");
    }
    String type = reader.text(64);
    reader.end();
    return type;
  }
}
