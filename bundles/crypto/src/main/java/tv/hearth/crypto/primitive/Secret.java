package tv.hearth.crypto.primitive;

import java.security.MessageDigest;
import java.security.SecureRandom;

/**
 * Thirty-two secret bytes: compared in constant time, never printed. Immutable and thread-safe; the
 * bytes live until the garbage collector takes them, as nothing on the Java heap can be wiped for
 * sure.
 */
public final class Secret {
  /** Length in bytes. */
  public static final int LENGTH = 32;

  private final byte[] content;

  private Secret(byte[] content) {
    if (content.length != LENGTH) {
      throw new IllegalArgumentException("a secret has 32 bytes, not " + content.length);
    }
    this.content = content;
  }

  /** Copies 32 bytes. */
  public static Secret of(byte[] content) {
    return new Secret(content.clone());
  }

  /** Fresh random bytes. */
  public static Secret random(SecureRandom random) {
    byte[] content = new byte[LENGTH];
    random.nextBytes(content);
    return new Secret(content);
  }

  /** A copy of the bytes. */
  public byte[] toArray() {
    return content.clone();
  }

  /** A key for {@code label}, by HKDF-SHA256 without salt (RFC 5869); labels are ASCII. */
  public Secret derive(String label) {
    return new Secret(Hkdf.derive(content, new byte[0], Hkdf.info(label), LENGTH));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Secret && MessageDigest.isEqual(content, ((Secret) other).content);
  }

  /** One value for all: nothing of a secret shows in a hash. */
  @Override
  public int hashCode() {
    return LENGTH;
  }

  @Override
  public String toString() {
    return "secret";
  }
}
