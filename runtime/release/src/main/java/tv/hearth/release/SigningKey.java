package tv.hearth.release;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;
import org.bouncycastle.crypto.signers.MLDSASigner;
import tv.hearth.tuf.json.CanonicalJson;
import tv.hearth.tuf.json.JsonObject;

/**
 * A key that signs metadata, from its seeds: 32 bytes of Ed25519 (RFC 8032), and for the composite
 * 32 more of ML-DSA-65 (FIPS 204). Immutable.
 */
public final class SigningKey {
  private static final int SEED = 32;
  private final Scheme scheme;
  private final byte[] seeds;
  private final Ed25519PrivateKeyParameters edwards;
  private final MLDSAPrivateKeyParameters lattice;

  /** What a key signs by. */
  public enum Scheme {
    /** Ed25519 and ML-DSA-65, both of which must verify. */
    COMPOSITE("hearth-ed25519-ml-dsa-65", 2 * SEED),
    /** Ed25519 alone. */
    ED25519("ed25519", SEED);

    private final String tuf;
    private final int length;

    Scheme(String tuf, int length) {
      this.tuf = tuf;
      this.length = length;
    }

    /** Its name in metadata. */
    public String tuf() {
      return tuf;
    }

    static Scheme of(String tuf) throws ReleaseToolException {
      for (Scheme scheme : values()) {
        if (scheme.tuf.equals(tuf)) {
          return scheme;
        }
      }
      throw new ReleaseToolException("a key of a scheme that is not known here");
    }
  }

  /** From its seeds, as the scheme has them. */
  SigningKey(Scheme scheme, byte[] seeds) throws ReleaseToolException {
    if (seeds.length != scheme.length) {
      throw new ReleaseToolException("a secret key of the wrong length");
    }
    this.scheme = scheme;
    this.seeds = seeds.clone();
    this.edwards = new Ed25519PrivateKeyParameters(seeds, 0);
    this.lattice =
        scheme == Scheme.ED25519
            ? null
            : new MLDSAPrivateKeyParameters(
                MLDSAParameters.ml_dsa_65, Arrays.copyOfRange(seeds, SEED, 2 * SEED));
  }

  /** A new one. */
  public static SigningKey generate(Scheme scheme, SecureRandom random)
      throws ReleaseToolException {
    byte[] seeds = new byte[scheme.length];
    random.nextBytes(seeds);
    return new SigningKey(scheme, seeds);
  }

  /** How it signs. */
  public Scheme scheme() {
    return scheme;
  }

  byte[] seeds() {
    return seeds.clone();
  }

  /** The public key as metadata lists it. */
  public JsonObject publicKey() {
    byte[] first = edwards.generatePublicKey().getEncoded();
    byte[] all = lattice == null ? first : join(first, lattice.getPublicKey());
    JsonObject value = Json.object("public", HexFormat.of().formatHex(all));
    return Json.object("keytype", scheme.tuf, "keyval", value, "scheme", scheme.tuf);
  }

  /** Its id: the SHA-256 of the public key's canonical form. */
  public String keyId() {
    return keyId(publicKey());
  }

  static String keyId(JsonObject publicKey) {
    return Hashes.sha256(CanonicalJson.encode(publicKey));
  }

  byte[] sign(byte[] message) {
    try {
      Ed25519Signer first = new Ed25519Signer();
      first.init(true, edwards);
      first.update(message, 0, message.length);
      byte[] signature = first.generateSignature();
      if (lattice == null) {
        return signature;
      }
      MLDSASigner second = new MLDSASigner();
      second.init(true, lattice);
      second.update(message, 0, message.length);
      return join(signature, second.generateSignature());
    } catch (CryptoException e) {
      throw new IllegalStateException("signing", e);
    }
  }

  private static byte[] join(byte[] a, byte[] b) {
    byte[] both = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, both, a.length, b.length);
    return both;
  }
}
