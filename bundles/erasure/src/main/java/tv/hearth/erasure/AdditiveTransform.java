package tv.hearth.erasure;

/**
 * The additive FFT of Lin, Chung and Han in the novel polynomial basis, over the points of a Cantor
 * basis: from 2^log coefficients to the values at points offset … offset + 2^log − 1, and back.
 * Works in place on a part of an array of elements; the offset is a multiple of the length.
 */
final class AdditiveTransform {
  private final ElementSums sums;

  AdditiveTransform(ElementSums sums) {
    this.sums = sums;
  }

  /** Coefficients to values. */
  void forward(int[][] a, int from, int length, int offset) {
    if (length == 1) {
      return;
    }
    int half = length / 2;
    int twiddle = twiddle(half, offset);
    for (int i = from; i < from + half; i++) {
      a[i] = sums.addMultiple(a[i], twiddle, a[i + half]);
      a[i + half] = sums.add(a[i + half], a[i]);
    }
    forward(a, from, half, offset);
    forward(a, from + half, half, offset + half);
  }

  /** Values to coefficients. */
  void inverse(int[][] a, int from, int length, int offset) {
    if (length == 1) {
      return;
    }
    int half = length / 2;
    inverse(a, from, half, offset);
    inverse(a, from + half, half, offset + half);
    unmix(a, from, half, half, twiddle(half, offset));
  }

  /**
   * Values and coefficients to coefficients: the first {@code known} elements are values, the
   * others are coefficients already (van der Hoeven's truncated transform).
   */
  void inverseTruncated(int[][] a, int from, int length, int offset, int known) {
    if (known == 0 || length == 1) {
      return;
    }
    int half = length / 2;
    int twiddle = twiddle(half, offset);
    if (known >= half) {
      inverse(a, from, half, offset);
      for (int i = known; i < length; i++) {
        a[from + i] = sums.add(a[from + i], a[from + i - half]);
      }
      inverseTruncated(a, from + half, half, offset + half, known - half);
      unmix(a, from, half, half, twiddle);
    } else {
      for (int i = from + known; i < from + half; i++) {
        a[i] = sums.addMultiple(a[i], twiddle, a[i + half]);
      }
      inverseTruncated(a, from, half, offset, known);
      for (int i = from; i < from + half; i++) {
        a[i] = sums.addMultiple(a[i], twiddle, a[i + half]);
      }
    }
  }

  private void unmix(int[][] a, int from, int half, int count, int twiddle) {
    for (int i = from; i < from + count; i++) {
      a[i + half] = sums.add(a[i + half], a[i]);
      a[i] = sums.addMultiple(a[i], twiddle, a[i + half]);
    }
  }

  private static int twiddle(int half, int offset) {
    return Points.at(offset / half);
  }
}
