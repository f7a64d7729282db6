package tv.hearth.crypto.primitive;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import tv.hearth.api.value.Bytes;

/** Public Ed25519 keys as SubjectPublicKeyInfo (RFC 8410 §4), whose DER has one form alone. */
public final class Ed25519Keys {
  private static final byte[] PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");
  private static final int RAW = 32;

  private Ed25519Keys() {}

  /** Wraps the 32 raw bytes. */
  public static Bytes encode(byte[] raw) {
    byte[] encoded = Arrays.copyOf(PREFIX, PREFIX.length + RAW);
    System.arraycopy(raw, 0, encoded, PREFIX.length, RAW);
    return Bytes.of(encoded);
  }

  /** The key, or empty where the bytes are no Ed25519 key or a point of small order. */
  public static Optional<Ed25519PublicKeyParameters> decode(Bytes publicKey) {
    byte[] encoded = publicKey.toArray();
    boolean wellFormed =
        encoded.length == PREFIX.length + RAW
            && Arrays.equals(encoded, 0, PREFIX.length, PREFIX, 0, PREFIX.length)
            && Ed25519.validatePublicKeyPartial(encoded, PREFIX.length);
    return wellFormed
        ? Optional.of(new Ed25519PublicKeyParameters(encoded, PREFIX.length))
        : Optional.empty();
  }

  /** Whether {@code signature} over {@code message} is by that key; false for no such key. */
  public static boolean verify(Bytes publicKey, byte[] message, byte[] signature) {
    return signature.length == Ed25519.SIGNATURE_SIZE
        && decode(publicKey)
            .map(
                key ->
                    key.verify(
                        Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0))
            .orElse(false);
  }
}
