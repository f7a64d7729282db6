package tv.hearth.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Every k ≤ n ≤ 255, in units of 64 bytes: the transform's parity is the generator matrix's, and a
 * random subset of k restores.
 *
 * <p>With the same k, points depend on n only through form and span, so parity of a shape begins
 * that of the longest with the same points: the matrix is applied once for those.
 */
class AllShapesTest {
  private static final int UNIT = 64;
  private static final int ALL_SHAPES = 255 * 256 / 2;

  private final SplittableRandom random = Seeds.random();
  private final PlaneErasureCode code = new PlaneErasureCode(1, 1, 0);

  @Test
  void everyShapeEncodesAsItsMatrixAndRestoresFromARandomSubset() {
    int swept = 0;
    for (int k = 1; k <= Shape.MAX_PIECES; k++) {
      swept += sweep(k);
    }
    assertEquals(ALL_SHAPES, swept);
  }

  private int sweep(int k) {
    byte[] data = Seeds.bytes(random, k * UNIT);
    ReferenceCode longest = null;
    byte[] expected = null;
    for (int n = Shape.MAX_PIECES; n >= k; n--) {
      ReferenceCode reference = new ReferenceCode(k, n);
      if (longest == null || !reference.samePoints(longest)) {
        longest = reference;
        expected = reference.encode(data, UNIT);
      }
      ByteBuffer all = ByteBuffer.allocate(n * UNIT).put(data);
      code.encode(k, n, UNIT, ByteBuffer.wrap(data), all);
      String shape = Seeds.note(k + "/" + n);
      byte[] parity = Arrays.copyOfRange(all.array(), k * UNIT, n * UNIT);
      assertArrayEquals(Arrays.copyOf(expected, parity.length), parity, shape);
      restore(k, n, all.array(), shape);
    }
    return Shape.MAX_PIECES - k + 1;
  }

  private void restore(int k, int n, byte[] all, String shape) {
    int[] order = Seeds.subset(random, n, n);
    int[] present = Arrays.copyOf(order, k);
    int[] wanted = {order[n - 1]};
    ByteBuffer pieces = ByteBuffer.allocate(k * UNIT);
    for (int index : present) {
      pieces.put(all, index * UNIT, UNIT);
    }
    byte[] out = new byte[UNIT];
    code.restore(k, n, UNIT, present, pieces.flip(), wanted, ByteBuffer.wrap(out));
    int from = wanted[0] * UNIT;
    assertArrayEquals(Arrays.copyOfRange(all, from, from + UNIT), out, shape);
  }
}
