package tv.hearth.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EncodeTest {
  private static final int[][] SHAPES = {
    {1, 1},
    {1, 2},
    {1, 3},
    {1, 255},
    {2, 3},
    {2, 5},
    {3, 5},
    {5, 21},
    {7, 7},
    {10, 14},
    {16, 20},
    {20, 80},
    {40, 80},
    {60, 80},
    {64, 128},
    {65, 129},
    {100, 255},
    {127, 254},
    {127, 255},
    {128, 255},
    {129, 255},
    {191, 255},
    {192, 255},
    {200, 255},
    {223, 255},
    {224, 255},
    {253, 255},
    {254, 255},
    {255, 255}
  };

  private final SplittableRandom random = Seeds.random();
  private final PlaneErasureCode code = new PlaneErasureCode(2, 8, 1 << 20);

  @Test
  void transformAndGeneratorMatrixGiveTheSameParity() {
    for (int[] shape : SHAPES) {
      for (int unit : new int[] {64, 192}) {
        compare(shape[0], shape[1], unit);
      }
    }
  }

  @Test
  void unitsOfSeveralPacketsAndARest() {
    compare(16, 20, 3 * 16384 + 64);
    compare(5, 21, 16384);
    compare(3, 5, 65536);
    compare(60, 131, 16384 + 4096 + 64);
  }

  private void compare(int k, int n, int unit) {
    byte[] data = Seeds.bytes(random, k * unit);
    ByteBuffer parity = ByteBuffer.allocate((n - k) * unit);
    code.encode(k, n, unit, ByteBuffer.wrap(data), parity);
    assertArrayEquals(
        new ReferenceCode(k, n).encode(data, unit),
        parity.array(),
        () -> Seeds.note(k + "/" + n + ", unit " + unit));
  }
}
