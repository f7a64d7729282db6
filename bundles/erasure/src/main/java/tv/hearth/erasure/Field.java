package tv.hearth.erasure;

/**
 * The field GF(2^8) modulo x^8 + x^4 + x^3 + x^2 + 1 (0x11d). Elements are ints 0…255, bit i the
 * coefficient of x^i; addition is XOR.
 */
final class Field {
  private static final int POLYNOMIAL = 0x11d;
  private static final int ORDER = 255;
  private static final int[] EXP = new int[2 * ORDER];
  private static final int[] LOG = new int[ORDER + 1];

  static {
    int power = 1;
    for (int i = 0; i < ORDER; i++) {
      EXP[i] = power;
      EXP[i + ORDER] = power;
      LOG[power] = i;
      power <<= 1;
      if (power > ORDER) {
        power ^= POLYNOMIAL;
      }
    }
  }

  private Field() {}

  static int multiply(int x, int y) {
    return x == 0 || y == 0 ? 0 : EXP[LOG[x] + LOG[y]];
  }

  /** The quotient x / y; y must not be 0. */
  static int divide(int x, int y) {
    if (y == 0) {
      throw new ArithmeticException("division by zero in GF(2^8)");
    }
    return x == 0 ? 0 : EXP[LOG[x] + ORDER - LOG[y]];
  }
}
