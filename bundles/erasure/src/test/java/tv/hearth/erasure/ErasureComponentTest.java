package tv.hearth.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.annotation.Annotation;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ErasureComponentTest {
  private record Config(int threads, int plans, int plansKib) implements ErasureConfig {
    @Override
    public Class<? extends Annotation> annotationType() {
      return ErasureConfig.class;
    }
  }

  @Test
  void configurationOutOfBoundsIsRefusedByName() {
    refuses("tv.hearth.erasure: threads = 0: must be within 1..64", new Config(0, 64, 2048));
    refuses("tv.hearth.erasure: threads = 65: must be within 1..64", new Config(65, 64, 2048));
    refuses("tv.hearth.erasure: plans = 0: must be within 1..10000", new Config(2, 0, 2048));
    refuses("tv.hearth.erasure: plansKib = -1: must be within 0..65536", new Config(2, 1, -1));
  }

  @Test
  void codesWithTheLeastConfiguration() {
    ErasureComponent component = new ErasureComponent(new Config(1, 1, 0));
    byte[] data = Seeds.bytes(Seeds.random(), 3 * 64);
    ByteBuffer parity = ByteBuffer.allocate(2 * 64);
    component.encode(3, 5, 64, ByteBuffer.wrap(data), parity);
    ByteBuffer out = ByteBuffer.allocate(2 * 64);
    ByteBuffer pieces = ByteBuffer.allocate(3 * 64).put(parity.flip()).put(data, 64, 64).flip();
    component.restore(3, 5, 64, new int[] {3, 4, 1}, pieces, new int[] {0, 2}, out);
    ByteBuffer lost = ByteBuffer.allocate(2 * 64).put(data, 0, 64).put(data, 128, 64);
    assertArrayEquals(lost.array(), out.array());
    component.close();
  }

  private static void refuses(String message, ErasureConfig config) {
    assertEquals(
        message,
        assertThrows(IllegalArgumentException.class, () -> new ErasureComponent(config))
            .getMessage());
  }
}
