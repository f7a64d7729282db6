package tv.hearth.support.release;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A magic of 8 bytes, SHA-256 over magic and body, the body. Tells a torn or damaged file from a
 * whole one; it is no protection from who may write the file.
 */
public final class Envelope {
  private static final int MAGIC = 8;
  private static final int HASH = 32;

  private Envelope() {}

  /** The file's bytes; a magic has 8 ASCII characters. */
  public static byte[] wrap(String magic, byte[] body) {
    byte[] head = magic.getBytes(StandardCharsets.US_ASCII);
    byte[] out = Arrays.copyOf(head, MAGIC + HASH + body.length);
    System.arraycopy(hash(head, body), 0, out, MAGIC, HASH);
    System.arraycopy(body, 0, out, MAGIC + HASH, body.length);
    return out;
  }

  /** The body, if the bytes are a whole one of that magic. */
  public static Optional<byte[]> open(String magic, byte[] bytes) {
    byte[] head = magic.getBytes(StandardCharsets.US_ASCII);
    if (bytes.length < MAGIC + HASH || !Arrays.equals(head, Arrays.copyOf(bytes, MAGIC))) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOfRange(bytes, MAGIC + HASH, bytes.length);
    byte[] said = Arrays.copyOfRange(bytes, MAGIC, MAGIC + HASH);
    return MessageDigest.isEqual(said, hash(head, body)) ? Optional.of(body) : Optional.empty();
  }

  private static byte[] hash(byte[] head, byte[] body) {
    MessageDigest digest = sha256();
    digest.update(head);
    return digest.digest(body);
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }
}
