package tv.hearth.update.payload;

import java.nio.ByteBuffer;
import java.util.Arrays;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.merkle.Merkle;

/**
 * A payload's chunks and what each must hash to. Immutable.
 *
 * @param root 32 bytes
 * @param length of the payload in bytes, at least 1
 * @param chunkSize bytes of every chunk but the last
 * @param leaves hashes, concatenated; they hash up to the root
 */
record Tree(Bytes root, long length, int chunkSize, Bytes leaves) {
  /** Throws IllegalArgumentException where the leaves are not the root's. */
  Tree {
    int chunks = (int) ((length + chunkSize - 1) / chunkSize);
    boolean fits =
        leaves.length() == chunks * Merkle.HASH
            && Bytes.of(Merkle.PAYLOAD.root(leaves.toArray())).equals(root);
    if (!fits) {
      throw new IllegalArgumentException("leaf hashes of another tree than " + root);
    }
  }

  int chunks() {
    return leaves.length() / Merkle.HASH;
  }

  long offset(int index) {
    return (long) index * chunkSize;
  }

  int length(int index) {
    return (int) Math.min(chunkSize, length - offset(index));
  }

  /** Whether these bytes are that chunk. */
  boolean isChunk(int index, byte[] bytes) {
    if (bytes.length != length(index)) {
      return false;
    }
    byte[] all = leaves.toArray();
    byte[] leaf = Merkle.PAYLOAD.leaf(ByteBuffer.wrap(bytes));
    int at = index * Merkle.HASH;
    return Arrays.equals(leaf, 0, Merkle.HASH, all, at, at + Merkle.HASH);
  }
}
