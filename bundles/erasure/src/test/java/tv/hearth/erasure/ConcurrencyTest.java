package tv.hearth.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many callers, few scratch: right bytes, bounded memory, nothing kept after closing. */
@Timeout(300)
class ConcurrencyTest {
  private static final int UNIT = 4096;

  @Test
  void callersOnManyThreadsGetTheirOwnBytes() throws Exception {
    try (PlaneErasureCode code = new PlaneErasureCode(2, 3, 64 << 10)) {
      ExecutorService threads = Executors.newFixedThreadPool(8);
      try {
        List<Future<?>> calls = new ArrayList<>();
        SplittableRandom random = Seeds.random();
        for (int t = 0; t < 8; t++) {
          SplittableRandom own = random.split();
          calls.add(threads.submit(() -> work(code, own)));
        }
        for (Future<?> call : calls) {
          assertNull(call.get(), Seeds.note("a call"));
        }
      } finally {
        threads.shutdown();
        assertTrue(threads.awaitTermination(2, TimeUnit.MINUTES));
      }
    }
  }

  private static void work(PlaneErasureCode code, SplittableRandom random) {
    for (int round = 0; round < 60; round++) {
      int n = 2 + random.nextInt(40);
      int k = 1 + random.nextInt(n - 1);
      byte[] data = Seeds.bytes(random, k * UNIT);
      ByteBuffer all = ByteBuffer.allocate(n * UNIT).put(data);
      code.encode(k, n, UNIT, ByteBuffer.wrap(data), all);
      int[] present = Seeds.subset(random, n, k);
      ByteBuffer pieces = ByteBuffer.allocate(k * UNIT);
      for (int index : present) {
        pieces.put(all.array(), index * UNIT, UNIT);
      }
      ByteBuffer out = ByteBuffer.allocate(k * UNIT);
      int[] wanted = IntStream.range(0, k).toArray();
      code.restore(k, n, UNIT, present, pieces.flip(), wanted, out);
      assertArrayEquals(data, out.array(), k + "/" + n);
    }
  }

  @Test
  void poolKeepsNoMoreThanItsBoundAndNothingOnceClosed() {
    ScratchPool pool = new ScratchPool(2);
    Scratch first = pool.take(100);
    Scratch second = pool.take(3000);
    pool.giveBack(first);
    pool.giveBack(second);
    assertEquals(2, pool.idleCount());
    pool.giveBack(pool.take(50));
    assertEquals(2, pool.idleCount());
    Scratch late = pool.take(100);
    assertEquals(first, late);
    pool.close();
    assertEquals(0, pool.idleCount());
    pool.giveBack(late);
    assertEquals(0, pool.idleCount());
  }

  @Test
  void callsAfterClosingStillAnswer() {
    PlaneErasureCode code = new PlaneErasureCode(1, 4, 1 << 20);
    code.close();
    byte[] data = Seeds.bytes(Seeds.random(), 16 * 64);
    ByteBuffer parity = ByteBuffer.allocate(4 * 64);
    code.encode(16, 20, 64, ByteBuffer.wrap(data), parity);
    assertArrayEquals(new ReferenceCode(16, 20).encode(data, 64), parity.array());
  }
}
