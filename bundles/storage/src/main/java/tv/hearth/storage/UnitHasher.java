package tv.hearth.storage;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Optional;
import tv.hearth.support.merkle.Merkle;

/**
 * Hashes units while they are written, so that a commit needs no second reading. Gives up where
 * bytes come out of order. For one thread at a time.
 */
final class UnitHasher {
  private final long length;
  private final int unit;
  private final byte[] hashes;
  private MessageDigest digest = Merkle.UNITS.startLeaf();
  private long fed;
  private boolean lost;

  /** Of a piece, from its beginning. */
  UnitHasher(long length, int unit) {
    this.length = length;
    this.unit = unit;
    this.hashes = new byte[PieceHeader.units(length, unit) * Merkle.HASH];
  }

  /** Takes in remaining bytes written at {@code at}; the buffer stays as it is. */
  void feed(long at, ByteBuffer bytes) {
    if (at != fed) {
      lost = true;
      return;
    }
    ByteBuffer rest = bytes.duplicate();
    int end = rest.limit();
    while (rest.position() < end) {
      long toUnitEnd = Math.min(length, (fed / unit + 1) * unit) - fed;
      int now = (int) Math.min(toUnitEnd, end - rest.position());
      rest.limit(rest.position() + now);
      digest.update(rest);
      fed += now;
      if (now == toUnitEnd) {
        finishUnit();
      }
    }
  }

  /** All unit hashes, where every byte was seen in order. */
  Optional<byte[]> result() {
    return lost || fed != length ? Optional.empty() : Optional.of(hashes);
  }

  private void finishUnit() {
    int index = Math.toIntExact((fed - 1) / unit);
    System.arraycopy(digest.digest(), 0, hashes, index * Merkle.HASH, Merkle.HASH);
    digest = Merkle.UNITS.startLeaf();
  }
}
