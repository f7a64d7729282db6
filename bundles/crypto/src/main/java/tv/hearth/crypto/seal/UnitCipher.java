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
  private static final int PREFIX_AT = 33;
  private static final int PREFIX = 7;
  private static final int NONCE = 12;
  private final Cipher cipher;
  private final int mode;
  private final SecretKey key;
  private final ByteBuffer nonce = ByteBuffer.allocate(NONCE);

  UnitCipher(int mode, SecretKey key, byte[] header) {
    this.mode = mode;
    this.key = key;
    nonce.put(header, PREFIX_AT, PREFIX);
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java platform can't do AES-256-GCM", e);
    }
  }

  /** Works off {@code length} bytes of {@code in} as one unit. */
  void unit(long number, boolean last, ByteBuffer in, int length, ByteBuffer out)
      throws CipherException {
    nonce.putInt(PREFIX, (int) number).put(NONCE - 1, (byte) (last ? 1 : 0));
    int limit = in.limit();
    try {
      cipher.init(mode, key, new GCMParameterSpec(8 * ObjectCipher.TAG, nonce.array()));
      in.limit(in.position() + length);
      cipher.doFinal(in, out);
    } catch (AEADBadTagException e) {
      throw new CipherException(
          Problem.DAMAGED,
          "unit " + number + " does not authenticate: changed, moved, or of another stream",
          e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-256-GCM failed on unit " + number, e);
    } finally {
      in.limit(limit);
    }
  }
}
