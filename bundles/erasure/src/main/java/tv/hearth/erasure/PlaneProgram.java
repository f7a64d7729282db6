package tv.hearth.erasure;

import java.nio.LongBuffer;

/**
 * A flat list of steps over bit planes: load a plane, XOR planes, store a plane. Immutable.
 *
 * <p>Each step is a word (kind, number of sources), then its operands; planes held meanwhile are
 * numbered registers. Planes are worked on packet by packet, so that the registers stay in the
 * cache.
 */
final class PlaneProgram {
  static final int LOAD = 0;
  static final int STORE = 1;
  static final int SET = 2;
  static final int ADD = 3;

  private static final int KIND_BITS = 2;

  private final char[] code;
  private final int registers;

  PlaneProgram(char[] code, int registers) {
    this.code = code;
    this.registers = registers;
  }

  /** The word that begins a step. */
  static char word(int kind, int sources) {
    return (char) (sources << KIND_BITS | kind);
  }

  int registers() {
    return registers;
  }

  /** Bytes of heap this program takes, nearly. */
  int bytes() {
    return Character.BYTES * code.length + 64;
  }

  /** Runs on units whose planes are {@code plane} longs. */
  void run(Scratch scratch, int plane, LongBuffer in, LongBuffer out) {
    long[][] held = scratch.registers();
    for (int from = 0; from < plane; from += scratch.packet()) {
      runPacket(held, plane, from, Math.min(scratch.packet(), plane - from), in, out);
    }
  }

  private void runPacket(
      long[][] held, int plane, int from, int length, LongBuffer in, LongBuffer out) {
    int pc = 0;
    while (pc < code.length) {
      int sources = code[pc] >> KIND_BITS;
      long[] target = held[code[pc + 1]];
      switch (code[pc] & (1 << KIND_BITS) - 1) {
        case LOAD -> in.get(code[pc + 2] * plane + from, target, 0, length);
        case STORE -> out.put(code[pc + 2] * plane + from, target, 0, length);
        case SET -> set(held, target, pc + 2, sources, length);
        default -> add(held, target, pc + 2, sources, length);
      }
      pc += 2 + sources;
    }
  }

  private void set(long[][] h, long[] d, int at, int sources, int length) {
    char[] c = code;
    switch (sources) {
      case 1 -> System.arraycopy(h[c[at]], 0, d, 0, length);
      case 2 -> XorKernels.set2(length, d, h[c[at]], h[c[at + 1]]);
      case 3 -> XorKernels.set3(length, d, h[c[at]], h[c[at + 1]], h[c[at + 2]]);
      case 4 -> XorKernels.set4(length, d, h[c[at]], h[c[at + 1]], h[c[at + 2]], h[c[at + 3]]);
      case 5 ->
          XorKernels.set5(
              length, d, h[c[at]], h[c[at + 1]], h[c[at + 2]], h[c[at + 3]], h[c[at + 4]]);
      default ->
          XorKernels.set6(
              length,
              d,
              h[c[at]],
              h[c[at + 1]],
              h[c[at + 2]],
              h[c[at + 3]],
              h[c[at + 4]],
              h[c[at + 5]]);
    }
  }

  private void add(long[][] h, long[] d, int at, int sources, int length) {
    char[] c = code;
    switch (sources) {
      case 1 -> XorKernels.add1(length, d, h[c[at]]);
      case 2 -> XorKernels.add2(length, d, h[c[at]], h[c[at + 1]]);
      case 3 -> XorKernels.add3(length, d, h[c[at]], h[c[at + 1]], h[c[at + 2]]);
      case 4 -> XorKernels.add4(length, d, h[c[at]], h[c[at + 1]], h[c[at + 2]], h[c[at + 3]]);
      case 5 ->
          XorKernels.add5(
              length, d, h[c[at]], h[c[at + 1]], h[c[at + 2]], h[c[at + 3]], h[c[at + 4]]);
      default ->
          XorKernels.add6(
              length,
              d,
              h[c[at]],
              h[c[at + 1]],
              h[c[at + 2]],
              h[c[at + 3]],
              h[c[at + 4]],
              h[c[at + 5]]);
    }
  }
}
