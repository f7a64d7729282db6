package tv.hearth.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RestoreTest {
  private final SplittableRandom random = Seeds.random();
  private final PlaneErasureCode code = new PlaneErasureCode(2, 8, 1 << 20);

  @Test
  void anySubsetOfKRestoresAnything() {
    for (int round = 0; round < 300; round++) {
      int n = 1 + random.nextInt(round % 10 == 0 ? 255 : 60);
      int k = 1 + random.nextInt(n);
      int[] present = Seeds.subset(random, n, k);
      int[] wanted = Seeds.subset(random, n, random.nextInt(n + 1));
      check(k, n, 64 * (1 + random.nextInt(3)), present, wanted);
    }
  }

  @Test
  void everySubsetOfASmallCodeRestoresAllPieces() {
    for (int[] shape : new int[][] {{2, 5}, {3, 5}, {4, 8}, {5, 8}, {1, 6}}) {
      int k = shape[0];
      int n = shape[1];
      for (int mask = 0; mask < 1 << n; mask++) {
        int chosen = mask;
        if (Integer.bitCount(mask) == k) {
          int[] present = IntStream.range(0, n).filter(i -> (chosen >> i & 1) != 0).toArray();
          check(k, n, 64, present, IntStream.range(0, n).toArray());
        }
      }
    }
  }

  @Test
  void worstLossOfTheClassesInFullUnits() {
    for (int[] shape : new int[][] {{16, 20}, {40, 80}, {60, 80}, {20, 80}, {5, 21}}) {
      int k = shape[0];
      int n = shape[1];
      check(k, n, 65536, IntStream.range(n - k, n).toArray(), IntStream.range(0, k).toArray());
    }
  }

  /** What repair from a full copy asks for. */
  @Test
  void parityFromAllDataInAnyOrder() {
    for (int round = 0; round < 100; round++) {
      int n = 2 + random.nextInt(round % 10 == 0 ? 254 : 90);
      int k = 1 + random.nextInt(n - 1);
      int[] data = Seeds.subset(random, k, k);
      check(k, n, 128, data, Seeds.subset(random, n, 1 + random.nextInt(n)));
    }
  }

  @Test
  void plainInverseOfTheGeneratorAgrees() {
    for (int round = 0; round < 20; round++) {
      int n = 1 + random.nextInt(80);
      int k = 1 + random.nextInt(n);
      int[] present = Seeds.subset(random, n, k);
      byte[] data = Seeds.bytes(random, k * 64);
      byte[] pieces = select(64, present, all(k, n, 64, data));
      byte[] back =
          ReferenceCode.toUnits(
              ReferenceCode.apply(
                  new ReferenceCode(k, n).decoder(present),
                  ReferenceCode.toElements(pieces, 64),
                  64),
              64);
      assertArrayEquals(data, back, () -> Seeds.note(k + "/" + n));
    }
  }

  private void check(int k, int n, int unit, int[] present, int[] wanted) {
    byte[] all = all(k, n, unit, Seeds.bytes(random, k * unit));
    ByteBuffer pieces = ByteBuffer.wrap(select(unit, present, all));
    ByteBuffer out = ByteBuffer.allocate(wanted.length * unit);
    code.restore(k, n, unit, present, pieces, wanted, out);
    assertArrayEquals(
        select(unit, wanted, all),
        out.array(),
        () -> Seeds.note(k + "/" + n + " from " + Arrays.toString(present)));
  }

  private byte[] all(int k, int n, int unit, byte[] data) {
    ByteBuffer all = ByteBuffer.allocate(n * unit).put(data);
    code.encode(k, n, unit, ByteBuffer.wrap(data), all);
    return all.array();
  }

  private static byte[] select(int unit, int[] indices, byte[] all) {
    ByteBuffer selected = ByteBuffer.allocate(indices.length * unit);
    for (int index : indices) {
      selected.put(all, index * unit, unit);
    }
    return selected.array();
  }
}
