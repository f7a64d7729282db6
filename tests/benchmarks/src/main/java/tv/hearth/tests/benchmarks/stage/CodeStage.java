package tv.hearth.tests.benchmarks.stage;

import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import tv.hearth.erasure.PlaneErasureCode;

/**
 * Coding stripes, or restoring them from the worst loss: the first min(k, n − k) data pieces are
 * away. The bundle erasure's own implementation with its default bounds.
 */
final class CodeStage implements Stage {
  private static final int PLANS = 64;
  private static final long PLAN_BYTES = 2 << 20;
  private final PlaneErasureCode code = new PlaneErasureCode(1, PLANS, PLAN_BYTES);
  private final int k;
  private final int n;
  private final boolean restore;
  private final ByteBuffer data;
  private final ByteBuffer parity;
  private final int[] present;
  private final int[] lost;

  CodeStage(int k, int n, boolean restore) {
    this.k = k;
    this.n = n;
    this.restore = restore;
    data = ByteBuffer.allocate(k * Work.UNIT);
    parity = ByteBuffer.allocate((n - k) * Work.UNIT);
    lost = IntStream.range(0, Math.min(k, n - k)).toArray();
    present = IntStream.range(lost.length, lost.length + k).toArray();
  }

  @Override
  public void run(long bytes) {
    for (long stripe = 0; stripe < bytes / ((long) k * Work.UNIT); stripe++) {
      if (restore) {
        ByteBuffer out = parity.clear().limit(lost.length * Work.UNIT);
        code.restore(k, n, Work.UNIT, present, data.clear(), lost, out);
      } else {
        code.encode(k, n, Work.UNIT, data.clear(), parity.clear());
      }
    }
  }

  @Override
  public void close() {
    code.close();
  }
}
