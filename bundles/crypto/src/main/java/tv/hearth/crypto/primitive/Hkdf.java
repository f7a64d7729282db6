package tv.hearth.crypto.primitive;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF (RFC 5869) and HMAC (RFC 2104), both with SHA-256. Thread-safe. */
public final class Hkdf {
  private static final String HMAC = "HmacSHA256";
  private static final int HASH = 32;

  private Hkdf() {}

  /**
   * Extracts and expands.
   *
   * @param salt may be empty
   * @param length 1…8160 bytes
   */
  public static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
    if (length < 1 || length > 255 * HASH) {
      throw new IllegalArgumentException("HKDF gives 1…8160 bytes, not " + length);
    }
    Mac expand = mac(hmac(salt.length == 0 ? new byte[HASH] : salt, secret));
    byte[] output = new byte[length];
    byte[] block = new byte[0];
    for (int done = 0, counter = 1; done < length; done += HASH, counter++) {
      expand.update(block);
      expand.update(info);
      expand.update((byte) counter);
      block = expand.doFinal();
      System.arraycopy(block, 0, output, done, Math.min(HASH, length - done));
    }
    Arrays.fill(block, (byte) 0);
    return output;
  }

  /** HMAC-SHA-256; the key must not be empty. */
  public static byte[] hmac(byte[] key, byte[] message) {
    return mac(key).doFinal(message);
  }

  /** The bytes of an ASCII label. */
  public static byte[] info(String label) {
    return label.getBytes(StandardCharsets.US_ASCII);
  }

  private static Mac mac(byte[] key) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(new SecretKeySpec(key, HMAC));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform lacks " + HMAC, e);
    }
  }
}
