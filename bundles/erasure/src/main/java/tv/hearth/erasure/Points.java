package tv.hearth.erasure;

/**
 * The 256 points of evaluation, numbered by a Cantor basis.
 *
 * <p>With v(i+1)² + v(i+1) = v(i), the subspace polynomials of the additive FFT are normalised by
 * themselves and map point j to point j >> level, so twiddle factors are points too (Lin,
 * Al-Naffouri, Han, Chung: Novel Polynomial Basis and Its Application to Reed–Solomon Erasure
 * Codes, 2014).
 */
final class Points {
  /** How many points there are. */
  static final int COUNT = 256;

  private static final int[] BASIS = {0x01, 0xd6, 0x98, 0x92, 0x56, 0xc8, 0x58, 0xe6};
  private static final int[] POINT = new int[COUNT];

  static {
    for (int i = 1; i < COUNT; i++) {
      int low = Integer.numberOfTrailingZeros(i);
      POINT[i] = POINT[i & (i - 1)] ^ BASIS[low];
    }
  }

  private Points() {}

  /** Point {@code index}: the XOR of the basis elements whose bit is set in it. */
  static int at(int index) {
    return POINT[index];
  }

  /** Basis element i, 0…7. */
  static int basis(int i) {
    return BASIS[i];
  }
}
