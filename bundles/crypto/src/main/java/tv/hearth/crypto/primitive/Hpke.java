package tv.hearth.crypto.primitive;

import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.X25519PublicKeyParameters;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.CipherException.Problem;
import tv.hearth.api.value.Bytes;

/**
 * HPKE (RFC 9180) base mode, single shot, with DHKEM(X25519, HKDF-SHA256), HKDF-SHA256 and
 * AES-256-GCM. Its output is {@code enc (32 bytes) | ciphertext | tag (16 bytes)}. Thread-safe.
 */
public final class Hpke {
  /** Bytes of the encapsulated key at the front. */
  public static final int ENC = 32;

  private static final byte[] NO_ASSOCIATED = new byte[0];

  private Hpke() {}

  /** The raw public key of a secret one. */
  public static Bytes publicKey(Secret secret) {
    return Bytes.of(
        new X25519PrivateKeyParameters(secret.toArray()).generatePublicKey().getEncoded());
  }

  /** Seals {@code plain} for the holder of {@code recipient}, 32 raw bytes of X25519. */
  public static byte[] seal(Bytes recipient, byte[] info, byte[] plain, SecureRandom random)
      throws CipherException {
    return seal(recipient, info, plain, new X25519PrivateKeyParameters(random));
  }

  static byte[] seal(
      Bytes recipient, byte[] info, byte[] plain, X25519PrivateKeyParameters ephemeral)
      throws CipherException {
    if (recipient.length() != X25519PublicKeyParameters.KEY_SIZE) {
      throw new CipherException(
          Problem.DAMAGED, "an X25519 key has 32 bytes, not " + recipient.length());
    }
    try {
      HPKEContextWithEncapsulation context =
          suite()
              .setupBaseS(
                  new X25519PublicKeyParameters(recipient.toArray()), info, pair(ephemeral));
      byte[] sealed = context.seal(NO_ASSOCIATED, plain);
      byte[] output = new byte[ENC + sealed.length];
      System.arraycopy(context.getEncapsulation(), 0, output, 0, ENC);
      System.arraycopy(sealed, 0, output, ENC, sealed.length);
      return output;
    } catch (InvalidCipherTextException | IllegalStateException e) {
      throw new CipherException(Problem.DAMAGED, "the recipient's X25519 key is not usable", e);
    }
  }

  /** The inverse of {@link #seal}. */
  public static byte[] open(Secret own, byte[] info, byte[] sealed) throws CipherException {
    if (sealed.length < ENC + 16) {
      throw new CipherException(Problem.DAMAGED, "the HPKE message is cut short");
    }
    try {
      byte[] enc = new byte[ENC];
      byte[] body = new byte[sealed.length - ENC];
      System.arraycopy(sealed, 0, enc, 0, ENC);
      System.arraycopy(sealed, ENC, body, 0, body.length);
      return suite()
          .setupBaseR(enc, pair(new X25519PrivateKeyParameters(own.toArray())), info)
          .open(NO_ASSOCIATED, body);
    } catch (InvalidCipherTextException | IllegalStateException e) {
      throw new CipherException(
          Problem.DAMAGED, "the HPKE message is changed or for another recipient", e);
    }
  }

  private static HPKE suite() {
    return new HPKE(
        HPKE.mode_base, HPKE.kem_X25519_SHA256, HPKE.kdf_HKDF_SHA256, HPKE.aead_AES_GCM256);
  }

  private static AsymmetricCipherKeyPair pair(X25519PrivateKeyParameters secret) {
    return new AsymmetricCipherKeyPair(secret.generatePublicKey(), secret);
  }
}
