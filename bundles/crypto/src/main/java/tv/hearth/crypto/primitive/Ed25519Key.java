package tv.hearth.crypto.primitive;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import tv.hearth.api.value.Bytes;

/**
 * An Ed25519 key pair (RFC 8032). Signs by Bouncy Castle, which is several times faster than the
 * JDK without processor help; hands TLS a key object of the JDK's own. Immutable and thread-safe.
 */
public final class Ed25519Key {
  private final Secret seed;
  private final Ed25519PrivateKeyParameters secret;
  private final Bytes publicKey;

  /** From its 32-byte seed. */
  public Ed25519Key(Secret seed) {
    this.seed = seed;
    this.secret = new Ed25519PrivateKeyParameters(seed.toArray());
    this.publicKey = Ed25519Keys.encode(secret.generatePublicKey().getEncoded());
  }

  /** SubjectPublicKeyInfo, DER (RFC 8410). */
  public Bytes publicKey() {
    return publicKey;
  }

  /** 64 bytes over {@code message} (pure Ed25519). */
  public byte[] sign(byte[] message) {
    byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
    secret.sign(Ed25519.Algorithm.Ed25519, null, message, 0, message.length, signature, 0);
    return signature;
  }

  /** Another secret, by HKDF from the seed; says nothing about this key. */
  public Secret derive(String label) {
    return seed.derive(label);
  }

  /** The same key as an object of the JDK's. */
  public PrivateKey toJdk() {
    try {
      return KeyFactory.getInstance("Ed25519")
          .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed.toArray()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks Ed25519 (jdk.crypto.ec)", e);
    }
  }
}
