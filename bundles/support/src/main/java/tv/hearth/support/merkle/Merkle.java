package tv.hearth.support.merkle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Merkle trees of the shape of RFC 9162 §2.1 (the left subtree takes the largest power of two below
 * the size) over SHA-256, each kind under a domain of its own: leaf = H(domain ‖ 0x00 ‖ content),
 * node = H(domain ‖ 0x01 ‖ left ‖ right). Thread-safe: a digest a call.
 */
public enum Merkle {
  /** Over the units of a piece. */
  UNITS("hearth-unit-1"),
  /** Over the piece roots of a segment. */
  PIECES("hearth-piece-1"),
  /** Over the chunks of a release's payload. */
  PAYLOAD("hearth-payload-1");

  /** Bytes of a hash. */
  public static final int HASH = 32;

  private final byte[] domain;

  Merkle(String domain) {
    this.domain = domain.getBytes(StandardCharsets.US_ASCII);
  }

  /** A leaf's hash over remaining bytes; the position advances. */
  public byte[] leaf(ByteBuffer content) {
    MessageDigest digest = start((byte) 0);
    digest.update(content);
    return digest.digest();
  }

  /** A digest primed for a leaf that is fed part by part. */
  public MessageDigest startLeaf() {
    return start((byte) 0);
  }

  /** The root over leaf hashes, concatenated; at least one. */
  public byte[] root(byte[] leaves) {
    if (leaves.length == 0 || leaves.length % HASH != 0) {
      throw new IllegalArgumentException("leaf hashes are 32 bytes each, at least one");
    }
    return root(leaves, 0, leaves.length / HASH);
  }

  private byte[] root(byte[] leaves, int from, int size) {
    if (size == 1) {
      return java.util.Arrays.copyOfRange(leaves, from * HASH, from * HASH + HASH);
    }
    int left = Integer.highestOneBit(size - 1);
    MessageDigest digest = start((byte) 1);
    digest.update(root(leaves, from, left));
    digest.update(root(leaves, from + left, size - left));
    return digest.digest();
  }

  private MessageDigest start(byte kind) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(domain);
      digest.update(kind);
      return digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }
}
