package tv.hearth.crypto.signature;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPublicKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.PublicKeyVerifier;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.primitive.Ed25519Keys;

/**
 * Signatures of The Update Framework's key schemes, and our composite of Ed25519 (RFC 8032) and
 * ML-DSA-65 (FIPS 204, pure, no context). ECDSA and RSA are the JDK's. Thread-safe.
 */
public class PublicKeys implements PublicKeyVerifier {
  /** Bytes of an Ed25519 key, and where the composite key's ML-DSA part begins. */
  public static final int ED25519_KEY = 32;

  /** Bytes of an Ed25519 signature, and where the composite's ML-DSA part begins. */
  public static final int ED25519_SIGNATURE = 64;

  private static final int ML_DSA_KEY = 1952;
  private static final int ML_DSA_SIGNATURE = 3309;

  @Override
  public final boolean verify(String scheme, Bytes key, byte[] message, byte[] signature)
      throws BadSignatureException {
    byte[] raw = key.toArray();
    return switch (scheme) {
      case "ed25519" -> edwards(raw, message, signature);
      case "ecdsa-sha2-nistp256" -> platform("EC", "SHA256withECDSA", raw, message, signature);
      case "rsassa-pss-sha256" -> platform("RSA", "RSASSA-PSS", raw, message, signature);
      case "rsa-pkcs1v15-sha256" -> platform("RSA", "SHA256withRSA", raw, message, signature);
      case "hearth-ed25519-ml-dsa-65" -> composite(raw, message, signature);
      default -> throw new BadSignatureException("no signature scheme " + length(scheme));
    };
  }

  private static boolean edwards(byte[] raw, byte[] message, byte[] signature)
      throws BadSignatureException {
    if (raw.length != ED25519_KEY) {
      throw new BadSignatureException("an Ed25519 key is 32 bytes, not " + raw.length);
    }
    return Ed25519Keys.verify(Ed25519Keys.encode(raw), message, signature);
  }

  private static boolean composite(byte[] raw, byte[] message, byte[] signature)
      throws BadSignatureException {
    if (raw.length != ED25519_KEY + ML_DSA_KEY) {
      throw new BadSignatureException("a composite key is 1984 bytes, not " + raw.length);
    }
    if (signature.length != ED25519_SIGNATURE + ML_DSA_SIGNATURE) {
      return false;
    }
    byte[] first = Arrays.copyOf(signature, ED25519_SIGNATURE);
    return edwards(Arrays.copyOf(raw, ED25519_KEY), message, first)
        && lattice(raw, message, Arrays.copyOfRange(signature, first.length, signature.length));
  }

  private static boolean lattice(byte[] raw, byte[] message, byte[] signature)
      throws BadSignatureException {
    try {
      byte[] key = Arrays.copyOfRange(raw, ED25519_KEY, raw.length);
      MLDSASigner signer = new MLDSASigner();
      signer.init(false, new MLDSAPublicKeyParameters(MLDSAParameters.ml_dsa_65, key));
      signer.update(message, 0, message.length);
      return signer.verifySignature(signature);
    } catch (IllegalArgumentException e) {
      throw new BadSignatureException("an ML-DSA-65 key that is none", e);
    }
  }

  private static boolean platform(
      String family, String algorithm, byte[] spki, byte[] message, byte[] signature)
      throws BadSignatureException {
    Signature check;
    try {
      PublicKey key = KeyFactory.getInstance(family).generatePublic(new X509EncodedKeySpec(spki));
      check = Signature.getInstance(algorithm);
      pss(check, algorithm);
      check.initVerify(key);
      check.update(message);
    } catch (GeneralSecurityException e) {
      throw new BadSignatureException("a key that is no " + family + " key", e);
    }
    try {
      return check.verify(signature);
    } catch (SignatureException e) {
      // Not even the form of a signature: wrong, as any other.
      return false;
    }
  }

  /** As RFC 8017 recommends and TUF's tools sign: a salt as long as the hash. */
  private static void pss(Signature check, String algorithm)
      throws InvalidAlgorithmParameterException {
    if (algorithm.equals("RSASSA-PSS")) {
      check.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
  }

  private static String length(String scheme) {
    return scheme.length() > 64 ? "of " + scheme.length() + " characters" : "'" + scheme + "'";
  }
}
