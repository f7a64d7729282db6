package tv.hearth.update.payload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;

/**
 * Who asks the origin for a chunk, by rendezvous hashing (Thaler and Ravishankar, 1998) over those
 * who fetch: all of them agree without speaking, so that each chunk leaves the origin about once.
 * Pure.
 */
final class Turns {
  private Turns() {}

  /** Which of the others come before this box for that chunk: none where it is its turn. */
  static List<BoxId> before(Bytes root, int index, BoxId self, Collection<BoxId> others) {
    long own = score(root, index, self);
    return others.stream().filter(other -> score(root, index, other) > own).toList();
  }

  /** In place of the root, for an order that each box has for itself. */
  static Bytes seed(Bytes root, BoxId self) {
    return Bytes.of(digest(root, -1, self));
  }

  /** In an order that is the same for all who give the same root, and another for each chunk. */
  static List<BoxId> order(Bytes root, int index, Collection<BoxId> boxes) {
    return boxes.stream()
        .sorted(Comparator.comparingLong((BoxId box) -> score(root, index, box)).reversed())
        .toList();
  }

  private static long score(Bytes root, int index, BoxId box) {
    return ByteBuffer.wrap(digest(root, index, box)).getLong();
  }

  private static byte[] digest(Bytes root, int index, BoxId box) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(root.toArray());
      digest.update(ByteBuffer.allocate(4).putInt(index).array());
      digest.update(box.text().getBytes(StandardCharsets.US_ASCII));
      return digest.digest();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java platform lacks SHA-256", e);
    }
  }
}
