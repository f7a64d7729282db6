package tv.hearth.erasure;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The code as its definition says it, element by element, sharing no class with the product: slow,
 * plain, and all in one place. A multiplication table comes from shifts; a matrix is inverted by
 * elimination.
 */
final class ReferenceCode {
  private static final int[] CANTOR = {0x01, 0xd6, 0x98, 0x92, 0x56, 0xc8, 0x58, 0xe6};
  private static final int[][] PRODUCT = products();
  private static final int[] INVERSE = inverses();
  private static final int[] ELEMENT = tower();
  private static final int[] MASK = inverseOf(ELEMENT);

  private final int k;
  private final int n;
  private final int[] points;
  private final int[] zeros;

  ReferenceCode(int k, int n) {
    this.k = k;
    this.n = n;
    int m = n - k;
    int high = powerOfTwo(m);
    points = new int[n];
    if (m > 0 && m <= k && high + k <= 256) {
      for (int i = 0; i < n; i++) {
        points[i] = i < k ? point(high + i) : point(i - k);
      }
      zeros = new int[256 - high - k];
      for (int z = 0; z < zeros.length; z++) {
        zeros[z] = point(high + k + z);
      }
    } else {
      int low = powerOfTwo(k);
      for (int i = 0; i < n; i++) {
        int at = i < k ? i : low + i - k;
        points[i] = point(at < 256 ? at : k + at - 256);
      }
      zeros = new int[0];
    }
  }

  /** Row i: piece k + i as a combination of the data, by Lagrange. */
  int[][] generator() {
    int[] scale = new int[k];
    for (int j = 0; j < k; j++) {
      scale[j] = vanishing(points[j]);
    }
    int[][] rows = new int[n - k][k];
    for (int i = 0; i < n - k; i++) {
      int x = points[k + i];
      int numerator = vanishing(x);
      for (int j = 0; j < k; j++) {
        rows[i][j] = quotient(numerator, mul(scale[j], x ^ points[j]));
      }
    }
    return rows;
  }

  /** Whether shapes (k, n) and (k, other) have the same points: one's parity begins the other's. */
  boolean samePoints(ReferenceCode other) {
    return other.k == k && other.points[0] == points[0] && other.zeros.length == zeros.length;
  }

  /** Product over data points and zeros, but x itself, of their differences from x. */
  private int vanishing(int x) {
    int product = 1;
    for (int j = 0; j < k; j++) {
      product = points[j] == x ? product : mul(product, x ^ points[j]);
    }
    for (int zero : zeros) {
      product = mul(product, x ^ zero);
    }
    return product;
  }

  /** The inverse of the generator's rows (identity on top) for {@code present}. */
  int[][] decoder(int[] present) {
    int[][] generator = generator();
    int[][] work = new int[k][2 * k];
    for (int r = 0; r < k; r++) {
      for (int c = 0; c < k; c++) {
        int index = present[r];
        work[r][c] = index < k ? (index == c ? 1 : 0) : generator[index - k][c];
      }
      work[r][k + r] = 1;
    }
    for (int c = 0; c < k; c++) {
      eliminate(work, c);
    }
    int[][] inverse = new int[k][];
    for (int r = 0; r < k; r++) {
      inverse[r] = Arrays.copyOfRange(work[r], k, 2 * k);
    }
    return inverse;
  }

  private static void eliminate(int[][] work, int c) {
    int pivot = c;
    while (pivot < work.length && work[pivot][c] == 0) {
      pivot++;
    }
    if (pivot == work.length) {
      throw new IllegalStateException("singular: not every k of n restore");
    }
    int[] row = work[pivot];
    work[pivot] = work[c];
    work[c] = row;
    int scale = INVERSE[row[c]];
    for (int i = 0; i < row.length; i++) {
      row[i] = mul(row[i], scale);
    }
    for (int[] other : work) {
      int factor = other == row ? 0 : other[c];
      for (int i = 0; factor != 0 && i < row.length; i++) {
        other[i] ^= mul(factor, row[i]);
      }
    }
  }

  /** Applies a matrix to whole units of elements: from units(in) × length to rows × length. */
  static byte[] apply(int[][] rows, byte[] elements, int length) {
    byte[] out = new byte[rows.length * length];
    for (int r = 0; r < rows.length; r++) {
      for (int j = 0; j < rows[r].length; j++) {
        int[] product = PRODUCT[rows[r][j]];
        for (int e = 0; e < length; e++) {
          out[r * length + e] ^= (byte) product[elements[j * length + e] & 0xff];
        }
      }
    }
    return out;
  }

  /** Units to elements, one byte an element, in the order of their place in the planes. */
  static byte[] toElements(byte[] units, int unit) {
    byte[] elements = new byte[units.length];
    int plane = unit / 8;
    for (int place = 0; place < units.length; place++) {
      int base = place / unit * unit;
      int bit = place % unit;
      int mask = 0;
      for (int b = 0; b < 8; b++) {
        mask |= (units[base + b * plane + bit / 8] >> bit % 8 & 1) << b;
      }
      elements[place] = (byte) ELEMENT[mask];
    }
    return elements;
  }

  /** The inverse of {@link #toElements}. */
  static byte[] toUnits(byte[] elements, int unit) {
    byte[] units = new byte[elements.length];
    int plane = unit / 8;
    for (int place = 0; place < units.length; place++) {
      int base = place / unit * unit;
      int bit = place % unit;
      int mask = MASK[elements[place] & 0xff];
      for (int b = 0; b < 8; b++) {
        units[base + b * plane + bit / 8] |= (byte) ((mask >> b & 1) << bit % 8);
      }
    }
    return units;
  }

  byte[] encode(byte[] data, int unit) {
    return toUnits(apply(generator(), toElements(data, unit), unit), unit);
  }

  /** All n units: the data, then the parity. */
  byte[] stripe(byte[] data, int unit) {
    return ByteBuffer.allocate(n * unit).put(data).put(encode(data, unit)).array();
  }

  static int mul(int x, int y) {
    return PRODUCT[x][y];
  }

  static int point(int index) {
    int point = 0;
    for (int j = 0; j < 8; j++) {
      point ^= (index >> j & 1) * CANTOR[j];
    }
    return point;
  }

  private static int quotient(int x, int y) {
    return mul(x, INVERSE[y]);
  }

  private static int powerOfTwo(int atLeast) {
    int power = 1;
    while (power < atLeast) {
      power *= 2;
    }
    return power;
  }

  private static int[][] products() {
    int[][] products = new int[256][256];
    for (int x = 0; x < 256; x++) {
      for (int y = 0; y < 256; y++) {
        int shifted = x;
        for (int bit = 0; bit < 8; bit++) {
          products[x][y] ^= (y >> bit & 1) * shifted;
          shifted = shifted << 1 ^ (shifted >> 7) * 0x11d;
        }
      }
    }
    return products;
  }

  private static int[] inverses() {
    int[] inverses = new int[256];
    for (int x = 1; x < 256; x++) {
      for (int y = 1; y < 256; y++) {
        inverses[x] = PRODUCT[x][y] == 1 ? y : inverses[x];
      }
    }
    return inverses;
  }

  private static int[] tower() {
    int[] elements = new int[256];
    for (int mask = 0; mask < 256; mask++) {
      for (int bit = 0; bit < 8; bit++) {
        int a = (bit & 1) != 0 ? CANTOR[1] : 1;
        int b = (bit & 2) != 0 ? CANTOR[2] : 1;
        int c = (bit & 4) != 0 ? CANTOR[4] : 1;
        elements[mask] ^= (mask >> bit & 1) * PRODUCT[a][PRODUCT[b][c]];
      }
    }
    return elements;
  }

  private static int[] inverseOf(int[] permutation) {
    int[] inverse = new int[256];
    for (int i = 0; i < 256; i++) {
      inverse[permutation[i]] = i;
    }
    return inverse;
  }
}
