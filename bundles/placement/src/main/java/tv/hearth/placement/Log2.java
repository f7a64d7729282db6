package tv.hearth.placement;

/**
 * A binary logarithm in whole numbers, so that every machine and language gets the same bits:
 * shift-and-square (Knuth, TAOCP vol. 1, §1.2.2, exercise 25), truncating.
 */
final class Log2 {
  /** Bits after the point. */
  static final int FRACTION = 40;

  private static final int TOP = 62;

  private Log2() {}

  /**
   * −log2(x / 2^63) in units of 2^−40.
   *
   * @param x 1…2^63 − 1
   * @return 1…63·2^40; below 2^46
   */
  static long negative(long x) {
    int exponent = 63 - Long.numberOfLeadingZeros(x);
    long mantissa = x << TOP - exponent; // 1 ≤ mantissa / 2^62 < 2
    long fraction = 0;
    for (int bit = 0; bit < FRACTION; bit++) {
      long high = Math.multiplyHigh(mantissa, mantissa);
      long low = mantissa * mantissa;
      long half = high << 1 | low >>> 63; // the square, halved
      boolean reachesTwo = half >>> TOP != 0;
      fraction = fraction << 1 | (reachesTwo ? 1 : 0);
      mantissa = reachesTwo ? half : high << 2 | low >>> TOP;
    }
    return (63L << FRACTION) - ((long) exponent << FRACTION | fraction);
  }
}
