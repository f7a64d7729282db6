package tv.hearth.erasure;

/**
 * The basis in which an element lies on eight bit planes: plane a + 2b + 4c is the coordinate on
 * v1^a · v2^b · v4^c. It follows the tower GF(2) ⊂ GF(4) ⊂ GF(16) ⊂ GF(256), so multiplying by a
 * point with a small index touches few planes.
 */
final class TowerBasis {
  /** Planes of a unit, bits of an element. */
  static final int PLANES = 8;

  private static final int[] BASIS = new int[PLANES];
  private static final int[] COORDINATES = new int[Points.COUNT];
  private static final int[][] ROWS = new int[Points.COUNT][];

  static {
    for (int t = 0; t < PLANES; t++) {
      int value = (t & 1) != 0 ? Points.basis(1) : 1;
      value = (t & 2) != 0 ? Field.multiply(value, Points.basis(2)) : value;
      BASIS[t] = (t & 4) != 0 ? Field.multiply(value, Points.basis(4)) : value;
    }
    for (int mask = 0; mask < Points.COUNT; mask++) {
      COORDINATES[element(mask)] = mask;
    }
    for (int factor = 0; factor < Points.COUNT; factor++) {
      ROWS[factor] = rowsOf(factor);
    }
  }

  private TowerBasis() {}

  /** The element whose coordinate on basis element t is bit t of {@code mask}. */
  static int element(int mask) {
    int value = 0;
    for (int t = 0; t < PLANES; t++) {
      value ^= (mask >> t & 1) * BASIS[t];
    }
    return value;
  }

  /**
   * Multiplication by {@code factor}: plane {@code plane} of the product is the XOR of these
   * planes.
   */
  static int row(int factor, int plane) {
    return ROWS[factor][plane];
  }

  private static int[] rowsOf(int factor) {
    int[] rows = new int[PLANES];
    for (int q = 0; q < PLANES; q++) {
      int column = COORDINATES[Field.multiply(factor, BASIS[q])];
      for (int p = 0; p < PLANES; p++) {
        rows[p] |= (column >> p & 1) << q;
      }
    }
    return rows;
  }
}
