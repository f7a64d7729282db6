package tv.hearth.erasure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** Heap, direct, read-only, sliced and oddly placed buffers give the same bytes. */
class BuffersTest {
  private static final int K = 5;
  private static final int N = 12;
  private static final int UNIT = 16384 + 64;
  private static final int[] PRESENT = {11, 0, 7, 3, 9};
  private static final int[] WANTED = {3, 1, 10, 0, 2};

  private final SplittableRandom random = Seeds.random();
  private final PlaneErasureCode code = new PlaneErasureCode(1, 4, 1 << 20);
  private final byte[] data = Seeds.bytes(random, K * UNIT);
  private final byte[] all = new ReferenceCode(K, N).stripe(data, UNIT);

  @Test
  void anyKindAndPlace() {
    for (IntFunction<ByteBuffer> kind : kinds()) {
      for (int lead : new int[] {0, 1, 13, 64}) {
        checkEncode(kind, lead);
        checkRestore(kind, lead);
      }
    }
  }

  @Test
  void readOnlySourcesAreFine() {
    ByteBuffer parity = ByteBuffer.allocate((N - K) * UNIT);
    code.encode(K, N, UNIT, ByteBuffer.wrap(data).asReadOnlyBuffer(), parity);
    assertArrayEquals(pieces(5, 6, 7, 8, 9, 10, 11), parity.array());
  }

  @Test
  void otherPartsOfOneArrayAreFine() {
    ByteBuffer stripe = ByteBuffer.allocate(N * UNIT).put(data);
    ByteBuffer source = stripe.duplicate().position(0).limit(K * UNIT);
    code.encode(K, N, UNIT, source, stripe);
    assertArrayEquals(all, stripe.array());
  }

  private void checkEncode(IntFunction<ByteBuffer> kind, int lead) {
    ByteBuffer from = place(kind, lead, data.length).put(data).position(lead);
    ByteBuffer parity = place(kind, lead + 3, all.length - data.length);
    code.encode(K, N, UNIT, from, parity);
    assertEquals(from.limit(), from.position());
    assertArrayEquals(pieces(5, 6, 7, 8, 9, 10, 11), taken(parity, lead + 3));
  }

  private void checkRestore(IntFunction<ByteBuffer> kind, int lead) {
    byte[] given = pieces(PRESENT);
    ByteBuffer from = place(kind, lead, given.length).put(given).position(lead);
    ByteBuffer out = place(kind, lead + 5, WANTED.length * UNIT);
    code.restore(K, N, UNIT, PRESENT, from, WANTED, out);
    assertEquals(from.limit(), from.position());
    assertEquals(out.limit(), out.position());
    assertArrayEquals(pieces(WANTED), taken(out, lead + 5));
  }

  /** A buffer of which {@code length} bytes from {@code lead} on remain, with a margin behind. */
  private static ByteBuffer place(IntFunction<ByteBuffer> kind, int lead, int length) {
    return kind.apply(lead + length + 9).position(lead).limit(lead + length);
  }

  /** The bytes written; what lies around them must be zero still. */
  private static byte[] taken(ByteBuffer buffer, int lead) {
    ByteBuffer whole = buffer.duplicate().clear();
    for (int i = 0; i < lead; i++) {
      assertEquals(0, whole.get(i));
    }
    for (int i = buffer.limit(); i < whole.limit(); i++) {
      assertEquals(0, whole.get(i));
    }
    byte[] taken = new byte[buffer.limit() - lead];
    whole.get(lead, taken);
    return taken;
  }

  private static List<IntFunction<ByteBuffer>> kinds() {
    return List.of(
        ByteBuffer::allocate,
        ByteBuffer::allocateDirect,
        size -> ByteBuffer.allocate(size + 7).position(7).slice(),
        size -> ByteBuffer.allocateDirect(size + 3).position(3).slice(),
        size -> ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN));
  }

  private byte[] pieces(int... indices) {
    ByteBuffer pieces = ByteBuffer.allocate(indices.length * UNIT);
    for (int index : indices) {
      pieces.put(all, index * UNIT, UNIT);
    }
    return pieces.array();
  }
}
