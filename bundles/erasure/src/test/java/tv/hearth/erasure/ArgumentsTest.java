package tv.hearth.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final int[] NONE = {};

  private final PlaneErasureCode code = new PlaneErasureCode(1, 4, 1 << 20);

  @Test
  void shapesOutOfBounds() {
    refusesEncode("no code of k = 0 out of n = 5: 1 <= k <= n <= 255", 0, 5, 64, 0, 320);
    refusesEncode("no code of k = -1 out of n = 5: 1 <= k <= n <= 255", -1, 5, 64, 0, 0);
    refusesEncode("no code of k = 6 out of n = 5: 1 <= k <= n <= 255", 6, 5, 64, 384, 0);
    refusesEncode("no code of k = 4 out of n = 256: 1 <= k <= n <= 255", 4, 256, 64, 256, 0);
  }

  @Test
  void unitsThatAreNoMultipleOf64() {
    refusesEncode("unit of 0 bytes: must be a positive multiple of 64", 2, 3, 0, 0, 0);
    refusesEncode("unit of -64 bytes: must be a positive multiple of 64", 2, 3, -64, 0, 0);
    refusesEncode("unit of 100 bytes: must be a positive multiple of 64", 2, 3, 100, 200, 100);
  }

  @Test
  void buffersTooShortOrTooLong() {
    refusesEncode("data has 127 bytes remaining: must be 128 (2 units of 64)", 2, 3, 64, 127, 64);
    refusesEncode("data has 129 bytes remaining: must be 128 (2 units of 64)", 2, 3, 64, 129, 64);
    refusesEncode("parity has 128 bytes remaining: must be 64 (1 units of 64)", 2, 3, 64, 128, 128);
    refusesEncode(
        "data has 0 bytes remaining: must be 429496716800 (200 units of 2147483584)",
        200,
        255,
        2147483584,
        0,
        0);
    refusesRestore(
        "pieces has 64 bytes remaining: must be 128 (2 units of 64)",
        new int[] {0, 2},
        64,
        new int[] {1},
        64);
    refusesRestore(
        "out has 0 bytes remaining: must be 64 (1 units of 64)",
        new int[] {0, 2},
        128,
        new int[] {1},
        0);
  }

  @Test
  void indicesThatAreWrong() {
    refusesRestore("1 present indices: must be k = 2", new int[] {0}, 128, new int[] {1}, 64);
    refusesRestore("3 present indices: must be k = 2", new int[] {0, 1, 2}, 128, NONE, 0);
    refusesRestore("present index 3: must be within 0..2", new int[] {0, 3}, 128, NONE, 0);
    refusesRestore("present index -1: must be within 0..2", new int[] {-1, 0}, 128, NONE, 0);
    refusesRestore("present index 2 is given twice", new int[] {2, 2}, 128, NONE, 0);
    refusesRestore("wanted index 3: must be within 0..2", new int[] {0, 1}, 128, new int[] {3}, 64);
    refusesRestore("wanted index 1 is given twice", new int[] {0, 2}, 128, new int[] {1, 1}, 128);
  }

  @Test
  void targetsThatCannotBeWrittenOrOverlap() {
    ByteBuffer data = ByteBuffer.allocate(128);
    ByteBuffer readOnly = ByteBuffer.allocate(64).asReadOnlyBuffer();
    refuses(
        "parity is a read-only buffer: must be writable",
        () -> code.encode(2, 3, 64, data, readOnly));
    ByteBuffer inside = data.duplicate().position(64);
    refuses(
        "source and target overlap in one array: must be apart",
        () -> code.encode(2, 3, 64, data, inside));
    refuses(
        "source and target are one buffer: must be apart",
        () -> code.encode(1, 2, 128, data, data));
  }

  private void refusesEncode(String message, int k, int n, int unit, int data, int parity) {
    ByteBuffer from = ByteBuffer.allocate(data);
    ByteBuffer into = ByteBuffer.allocate(parity);
    refuses(message, () -> code.encode(k, n, unit, from, into));
    assertEquals(0, from.position() + into.position());
  }

  private void refusesRestore(String message, int[] present, int pieces, int[] wanted, int out) {
    byte[] target = new byte[out];
    Arrays.fill(target, (byte) 7);
    byte[] before = target.clone();
    refuses(
        message,
        () ->
            code.restore(
                2, 3, 64, present, ByteBuffer.allocate(pieces), wanted, ByteBuffer.wrap(target)));
    assertArrayEquals(before, target);
  }

  private static void refuses(String message, Runnable call) {
    assertEquals(message, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
