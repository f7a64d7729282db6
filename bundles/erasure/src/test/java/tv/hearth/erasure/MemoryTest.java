package tv.hearth.erasure;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a box with -Xmx64m relies on. */
class MemoryTest {
  private static final int MEBIBYTE = 1 << 20;

  @Test
  void scratchStaysWithinAMebibyteForEveryWidth() {
    for (int registers = 1; registers <= 2500; registers++) {
      long longs = (long) registers * (Scratch.packetFor(registers) + 6);
      assertTrue(longs * Long.BYTES <= MEBIBYTE * 11L / 10, registers + " registers");
    }
  }

  @Test
  void widestProgramsFit() {
    for (int[] shape :
        new int[][] {{127, 254}, {128, 255}, {64, 255}, {85, 255}, {1, 255}, {20, 255}}) {
      int k = shape[0];
      int n = shape[1];
      PlaneProgram encode = EncodePlan.of(new Shape(k, n));
      assertTrue(encode.registers() <= 2500, "registers of " + k + "/" + n);
      assertTrue(encode.bytes() <= MEBIBYTE / 4, "bytes of " + k + "/" + n);
      int[] present = IntStream.range(n - k, n).toArray();
      int[] lost = IntStream.range(0, n - k).toArray();
      int[][] weights = new Interpolation(new Shape(k, n)).weights(present, lost);
      PlaneProgram restore = MatrixPlan.of(weights, k);
      assertTrue(restore.registers() <= 2500, "registers restoring " + k + "/" + n);
      assertTrue(restore.bytes() <= MEBIBYTE, "bytes restoring " + k + "/" + n);
    }
  }

  @Test
  void callsThatRepeatAllocateLessThanAUnit() {
    PlaneErasureCode code = new PlaneErasureCode(1, 4, MEBIBYTE);
    int unit = 65536;
    ByteBuffer data = ByteBuffer.allocate(20 * unit);
    ByteBuffer parity = ByteBuffer.allocate(60 * unit);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    code.encode(20, 80, unit, data.clear(), parity.clear());
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < 10; i++) {
      code.encode(20, 80, unit, data.clear(), parity.clear());
    }
    long each = (threads.getCurrentThreadAllocatedBytes() - before) / 10;
    assertTrue(each < unit, each + " bytes a call that codes " + 80 * unit);
  }
}
