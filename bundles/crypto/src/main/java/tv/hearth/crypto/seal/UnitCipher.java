package tv.hearth.crypto.seal;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.CipherException.Problem;
import tv.hearth.api.cipher.ObjectCipher;

/**
 * AES-256-GCM of single units by the JDK's cipher, which has the processor's help. The nonce is
 * {@code prefix (7) | unit (4, big-endian) | 1 where the stream ends, else 0}. One for each call:
 * the JDK refuses a nonce that the same cipher object used just before, and a call that is repeated
 * must give the same bytes. Not thread-safe.
 */
final class UnitCipher {
  /**
   * Sealed at a time. The JDK's cipher is slow until the compiler has seen its inner methods called
   * often, not long: in steps of 1 KiB it is at full speed after 10 MB, in whole units after 200.
   */
  private static final int STEP = 1024;

  private static final int PREFIX_AT = 33;
  private static final int PREFIX = 7;
  private static final int NONCE = 12;
  private final Cipher cipher;
  private final SecretKey key;
  private final ByteBuffer nonce = ByteBuffer.allocate(NONCE);

  UnitCipher(SecretKey key, byte[] header) {
    this.key = key;
    nonce.put(header, PREFIX_AT, PREFIX);
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform can't do AES-256-GCM", e);
    }
  }

  /** Seals {@code length} bytes of {@code in} as one unit. */
  void seal(long number, boolean last, ByteBuffer in, int length, ByteBuffer out) {
    int limit = in.limit();
    int end = in.position() + length;
    try {
      begin(Cipher.ENCRYPT_MODE, number, last);
      while (end - in.position() > STEP) {
        in.limit(in.position() + STEP);
        cipher.update(in, out);
      }
      in.limit(end);
      cipher.doFinal(in, out);
    } catch (GeneralSecurityException e) {
      throw failed(number, e);
    } finally {
      in.limit(limit);
    }
  }

  /** Opens {@code length} bytes of {@code in} as one unit. */
  void open(long number, boolean last, ByteBuffer in, int length, ByteBuffer out)
      throws CipherException {
    int limit = in.limit();
    try {
      begin(Cipher.DECRYPT_MODE, number, last);
      in.limit(in.position() + length);
      cipher.doFinal(in, out);
    } catch (AEADBadTagException e) {
      throw new CipherException(
          Problem.DAMAGED,
          "unit " + number + " does not authenticate: changed, moved, or of another stream",
          e);
    } catch (GeneralSecurityException e) {
      throw failed(number, e);
    } finally {
      in.limit(limit);
    }
  }

  private void begin(int mode, long number, boolean last) throws GeneralSecurityException {
    nonce.putInt(PREFIX, (int) number).put(NONCE - 1, (byte) (last ? 1 : 0));
    cipher.init(mode, key, new GCMParameterSpec(8 * ObjectCipher.TAG, nonce.array()));
  }

  private static IllegalStateException failed(long number, GeneralSecurityException cause) {
    return new IllegalStateException("AES-256-GCM failed on unit " + number, cause);
  }
}
