package tv.hearth.crypto.primitive;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.CipherException.Problem;

/**
 * AES-256-GCM for small things: {@code version 0x01 | nonce (12 bytes, random) | ciphertext | tag
 * (16 bytes)}. Random nonces allow 2^32 messages a key (NIST SP 800-38D §8.3), more than a box
 * seals in its life. Thread-safe.
 */
public final class Aead {
  /** How much longer the sealed form is, bytes. */
  public static final int OVERHEAD = 1 + 12 + 16;

  private static final byte VERSION = 1;
  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;

  private Aead() {}

  /** Seals {@code plain} bound to {@code associated}. */
  public static byte[] seal(Secret key, byte[] associated, byte[] plain, SecureRandom random) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    byte[] sealed = new byte[plain.length + OVERHEAD];
    sealed[0] = VERSION;
    System.arraycopy(nonce, 0, sealed, 1, NONCE);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce, 0);
      cipher.updateAAD(associated);
      cipher.doFinal(plain, 0, plain.length, sealed, 1 + NONCE);
      return sealed;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform can't do AES-256-GCM", e);
    }
  }

  /**
   * The inverse of {@link #seal}.
   *
   * @param what names the thing in messages
   */
  public static byte[] open(Secret key, byte[] associated, byte[] sealed, String what)
      throws CipherException {
    if (sealed.length < OVERHEAD) {
      throw new CipherException(Problem.DAMAGED, what + " is cut short");
    }
    if (sealed[0] != VERSION) {
      throw new CipherException(
          Problem.UNKNOWN_FORMAT,
          what + " has format version " + (sealed[0] & 0xff) + ": this software knows version 1");
    }
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, sealed, 1);
      cipher.updateAAD(associated);
      return cipher.doFinal(sealed, 1 + NONCE, sealed.length - 1 - NONCE);
    } catch (AEADBadTagException e) {
      throw new CipherException(
          Problem.DAMAGED, what + " does not authenticate: changed, or sealed elsewhere", e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform can't do AES-256-GCM", e);
    }
  }

  private static Cipher cipher(int mode, Secret key, byte[] nonce, int at)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        new SecretKeySpec(key.toArray(), "AES"),
        new GCMParameterSpec(TAG_BITS, nonce, at, NONCE));
    return cipher;
  }
}
