package tv.hearth.crypto.seal;

import java.security.SecureRandom;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.ObjectKey;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.primitive.Aead;
import tv.hearth.crypto.primitive.Hkdf;
import tv.hearth.crypto.primitive.Secret;

/** Makes object keys opaque for this node, and sees through them again. Thread-safe. */
public final class ObjectKeys {
  private static final byte[] PURPOSE = Hkdf.info("hearth/object-key/v1");
  private final Secret kek;
  private final SecureRandom random;

  /** Wraps under {@code kek}, which never leaves this node. */
  public ObjectKeys(Secret kek, SecureRandom random) {
    this.kek = kek;
    this.random = random;
  }

  /** A fresh key. */
  public ObjectKey create() {
    return conceal(Secret.random(random));
  }

  /** The opaque form of a key. */
  public ObjectKey conceal(Secret key) {
    return new ObjectKey(Bytes.of(Aead.seal(kek, PURPOSE, key.toArray(), random)));
  }

  /** The key; NO_KEY where another node made it, or nobody did. */
  public Secret reveal(ObjectKey key) throws CipherException {
    byte[] opaque = key.opaque().toArray();
    if (opaque.length != Secret.LENGTH + Aead.OVERHEAD) {
      throw new CipherException(
          CipherException.Problem.NO_KEY, "an opaque object key of " + opaque.length + " bytes");
    }
    try {
      return Secret.of(Aead.open(kek, PURPOSE, opaque, "an opaque object key"));
    } catch (CipherException e) {
      if (e.problem() != CipherException.Problem.DAMAGED) {
        throw e;
      }
      throw new CipherException(
          CipherException.Problem.NO_KEY, "an opaque object key is not of this node", e);
    }
  }
}
