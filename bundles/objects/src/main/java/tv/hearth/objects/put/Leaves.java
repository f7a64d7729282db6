package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.value.Bytes;
import tv.hearth.objects.core.Layout;
import tv.hearth.support.merkle.Merkle;

/**
 * The hashes of a segment's units, piece by piece. Filled by one thread at a time, before others
 * are told of the batch.
 */
final class Leaves {
  private final List<byte[]> pieces = new ArrayList<>();

  Leaves(int n, int units) {
    for (int i = 0; i < n; i++) {
      pieces.add(new byte[units * Merkle.HASH]);
    }
  }

  /** Hashes a batch. */
  void hash(Batch batch) {
    for (int index = 0; index < pieces.size(); index++) {
      ByteBuffer chunk = batch.chunk(index);
      for (int i = 0; i < batch.stripes(); i++) {
        byte[] leaf = Merkle.UNITS.leaf(chunk.slice(i * Layout.UNIT, Layout.UNIT));
        int at = (batch.firstStripe() + i) * Merkle.HASH;
        System.arraycopy(leaf, 0, pieces.get(index), at, Merkle.HASH);
      }
    }
  }

  /** A piece's, one after the other. */
  byte[] of(int index) {
    return pieces.get(index);
  }

  /** What the holder of that piece has to sign for. */
  Bytes root(int index) {
    return Bytes.of(Merkle.UNITS.root(of(index)));
  }
}
