package tv.hearth.api.cipher;

import java.nio.ByteBuffer;

/**
 * Seals an object's bytes in Tink's AES256-GCM-HKDF-SHA256 streaming format with 64 KiB ciphertext
 * segments; such a segment is one unit. Unit 0 begins with the 40-byte header and carries {@value
 * #FIRST_PLAIN} bytes of plaintext, every other unit {@value #PLAIN}; each ends with a 16-byte tag;
 * the last may be shorter. An empty object is one unit of 56 bytes. Thread-safe; nothing is kept
 * between calls but a small cache of derived keys.
 */
public interface ObjectCipher {
  /** Ciphertext bytes of a whole unit. */
  int UNIT = 65_536;

  /** Bytes of the stream header at the start of unit 0. */
  int HEADER = 40;

  /** Bytes of the tag at the end of each unit. */
  int TAG = 16;

  /** Plaintext bytes in a whole unit other than the first. */
  int PLAIN = UNIT - TAG;

  /** Plaintext bytes in a whole first unit. */
  int FIRST_PLAIN = UNIT - HEADER - TAG;

  /** A fresh random key for one object. */
  ObjectKey newKey();

  /**
   * A fresh stream header: 0x28, a 32-byte salt, a 7-byte nonce prefix. One a stream, never used
   * twice.
   */
  byte[] newHeader();

  /**
   * Seals consecutive units.
   *
   * @param header as {@link #newHeader} made it
   * @param associated associated data of the stream, the same for all its units
   * @param firstUnit the number of the first unit
   * @param ends whether the last unit sealed here ends the stream; if not, {@code plain} must fill
   *     whole units
   * @param plain remaining bytes are sealed
   * @param sealed takes the ciphertext (unit 0 includes the header); positions of both advance
   */
  void seal(
      ObjectKey key,
      byte[] header,
      byte[] associated,
      long firstUnit,
      boolean ends,
      ByteBuffer plain,
      ByteBuffer sealed)
      throws CipherException;

  /**
   * Opens consecutive units, the inverse of {@link #seal}; on DAMAGED nothing of {@code plain} may
   * be used.
   */
  void open(
      ObjectKey key,
      byte[] header,
      byte[] associated,
      long firstUnit,
      boolean ends,
      ByteBuffer sealed,
      ByteBuffer plain)
      throws CipherException;
}
