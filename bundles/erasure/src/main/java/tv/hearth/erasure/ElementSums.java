package tv.hearth.erasure;

/** Sums and multiples of field elements, written as sums of their planes. */
final class ElementSums {
  private final PlaneSums planes;
  private final int[] terms = new int[1 + TowerBasis.PLANES];

  ElementSums(PlaneSums planes) {
    this.planes = planes;
  }

  /** The eight planes of input unit {@code unit}. */
  int[] input(int unit) {
    int[] element = new int[TowerBasis.PLANES];
    for (int p = 0; p < element.length; p++) {
      element[p] = planes.input(unit * TowerBasis.PLANES + p);
    }
    return element;
  }

  int[] zero() {
    return new int[TowerBasis.PLANES];
  }

  int[] add(int[] x, int[] y) {
    return addMultiple(x, 1, y);
  }

  /** x + factor · y. */
  int[] addMultiple(int[] x, int factor, int[] y) {
    int[] result = new int[TowerBasis.PLANES];
    for (int p = 0; p < result.length; p++) {
      int count = 1;
      terms[0] = x[p];
      for (int row = TowerBasis.row(factor, p); row != 0; row &= row - 1) {
        terms[count++] = y[Integer.numberOfTrailingZeros(row)];
      }
      result[p] = planes.sum(terms, count);
    }
    return result;
  }
}
