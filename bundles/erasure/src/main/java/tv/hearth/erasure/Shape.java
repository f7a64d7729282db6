package tv.hearth.erasure;

/**
 * A code of k data pieces out of n, and which point each piece is the value at.
 *
 * <p>High-rate form: parity i at point i, data j at point span + j, with span the power of two that
 * holds the parity; the polynomial vanishes at all later points. Low-rate form: data j at point j,
 * parity from point span on, with span the power of two that holds the data, then at points k…span
 * − 1.
 *
 * @param k data pieces, 1…n
 * @param n all pieces, k…{@value #MAX_PIECES}
 */
record Shape(int k, int n) {
  /**
   * So that k, n and every index fit in an unsigned byte of a record. The points would allow 256.
   */
  static final int MAX_PIECES = 255;

  Shape {
    if (k < 1 || n < k || n > MAX_PIECES) {
      throw new IllegalArgumentException(
          "no code of k = " + k + " out of n = " + n + ": 1 <= k <= n <= " + MAX_PIECES);
    }
  }

  int parity() {
    return n - k;
  }

  /** Whether the high-rate form applies; without parity it makes no difference. */
  boolean highRate() {
    int m = parity();
    return m > 0 && m <= k && powerOfTwo(m) + k <= Points.COUNT;
  }

  /** Length of the transforms: a power of two. */
  int span() {
    return powerOfTwo(highRate() ? parity() : k);
  }

  /** The number of the point whose value piece {@code index} is. */
  int point(int index) {
    boolean data = index < k;
    if (highRate()) {
      return data ? span() + index : index - k;
    }
    int point = span() + index - k;
    return data ? index : point < Points.COUNT ? point : point - Points.COUNT + k;
  }

  /** The first of the points, up to the last, at which the polynomial vanishes. */
  int firstZero() {
    return highRate() ? span() + k : Points.COUNT;
  }

  private static int powerOfTwo(int atLeast) {
    return atLeast == 1 ? 1 : Integer.highestOneBit(atLeast - 1) << 1;
  }
}
