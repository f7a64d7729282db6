package tv.hearth.erasure;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.LongBuffer;
import java.util.Arrays;
import tv.hearth.api.erasure.ErasureCode;

/**
 * The code as XOR programs over bit planes. Encodes by additive FFT and restores by matrix.
 * Thread-safe; as many calls as the pool lends to run at once, the others wait.
 */
public final class PlaneErasureCode implements ErasureCode, AutoCloseable {
  private record RestoreKey(Shape shape, String present, String wanted) {}

  private final ProgramCache programs;
  private final ScratchPool pool;

  /**
   * @param threads calls that may work at the same time
   * @param cachedPrograms most programs to keep
   * @param cachedBytes most bytes of programs to keep
   */
  public PlaneErasureCode(int threads, int cachedPrograms, long cachedBytes) {
    programs = new ProgramCache(cachedPrograms, cachedBytes);
    pool = new ScratchPool(threads);
  }

  @Override
  public void encode(int k, int n, int unit, ByteBuffer data, ByteBuffer parity) {
    Shape shape = new Shape(k, n);
    Arguments.unit(unit);
    Arguments.remaining("data", data, k, unit);
    Arguments.remaining("parity", parity, n - k, unit);
    Arguments.writable("parity", parity);
    Arguments.apart(data, parity);
    if (n > k) {
      run(programs.get(shape, () -> EncodePlan.of(shape)), unit, data, parity);
    }
    data.position(data.limit());
    parity.position(parity.limit());
  }

  @Override
  public void restore(
      int k, int n, int unit, int[] present, ByteBuffer pieces, int[] wanted, ByteBuffer out) {
    Shape shape = new Shape(k, n);
    Arguments.unit(unit);
    Arguments.count("present", present, k);
    Arguments.indices("present", present, n);
    Arguments.indices("wanted", wanted, n);
    Arguments.remaining("pieces", pieces, k, unit);
    Arguments.remaining("out", out, wanted.length, unit);
    Arguments.writable("out", out);
    Arguments.apart(pieces, out);
    int[] slots = slots(present, n);
    if (copyPresent(unit, slots, pieces, wanted, out) < wanted.length) {
      RestoreKey key = new RestoreKey(shape, asKey(present), asKey(wanted));
      run(
          programs.get(key, () -> RestorePlan.of(shape, present, slots, wanted)),
          unit,
          pieces,
          out);
    }
    pieces.position(pieces.limit());
    out.position(out.limit());
  }

  /** Drops programs and idle scratch. Calls under way end well; later ones keep no scratch. */
  @Override
  public void close() {
    programs.clear();
    pool.close();
  }

  /** For each index of a piece its place among the present ones, or -1. */
  private static int[] slots(int[] present, int n) {
    int[] slots = new int[n];
    Arrays.fill(slots, -1);
    for (int slot = 0; slot < present.length; slot++) {
      slots[present[slot]] = slot;
    }
    return slots;
  }

  private static int copyPresent(
      int unit, int[] slots, ByteBuffer pieces, int[] wanted, ByteBuffer out) {
    int copied = 0;
    for (int w = 0; w < wanted.length; w++) {
      int slot = slots[wanted[w]];
      if (slot >= 0) {
        out.put(out.position() + w * unit, pieces, pieces.position() + slot * unit, unit);
        copied++;
      }
    }
    return copied;
  }

  private static String asKey(int[] indices) {
    return new String(indices, 0, indices.length);
  }

  private void run(PlaneProgram program, int unit, ByteBuffer in, ByteBuffer out) {
    Scratch scratch = pool.take(program.registers());
    try {
      program.run(scratch, unit / (TowerBasis.PLANES * Long.BYTES), longs(in), longs(out));
    } finally {
      pool.giveBack(scratch);
    }
  }

  /** XOR does not mind the order of bytes, so the machine's own is taken. */
  private static LongBuffer longs(ByteBuffer buffer) {
    return buffer.slice().order(ByteOrder.nativeOrder()).asLongBuffer();
  }
}
