package tv.hearth.support.text;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Ids of keys: base32 of the first 20 bytes of SHA-256 over a SubjectPublicKeyInfo. */
public final class KeyIds {
  private KeyIds() {}

  /** 32 characters, the text of a box id or owner id. */
  public static String of(byte[] subjectPublicKeyInfo) {
    return Base32.encode(Arrays.copyOf(sha256(subjectPublicKeyInfo), 20));
  }

  /** SHA-256, which every Java platform has. */
  public static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }
}
