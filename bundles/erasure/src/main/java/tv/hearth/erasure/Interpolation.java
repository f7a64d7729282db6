package tv.hearth.erasure;

/**
 * The matrix form of the code: any piece as a linear combination of any k others, by Lagrange.
 *
 * <p>The pieces are values of f = L · g, where L vanishes at the shape's zeros and deg g < k. So
 * f(w) = Σ f(p) · L(w)/L(p) · Π (w − q)/(p − q), the product over the present points q other than
 * p. No matrix is inverted; time is O(k · (k + wanted)).
 */
final class Interpolation {
  private final Shape shape;

  Interpolation(Shape shape) {
    this.shape = shape;
  }

  /**
   * The weights of the present pieces in the wanted ones.
   *
   * @param present k distinct indices
   * @param wanted indices, none of them present
   * @return weights[w][p]: the factor of piece present[p] in piece wanted[w]; never 0
   */
  int[][] weights(int[] present, int[] wanted) {
    int[] points = points(present);
    int[] scale = new int[points.length];
    for (int p = 0; p < points.length; p++) {
      scale[p] = product(points, points[p]);
    }
    int[][] weights = new int[wanted.length][points.length];
    for (int w = 0; w < wanted.length; w++) {
      int at = Points.at(shape.point(wanted[w]));
      int numerator = product(points, at);
      for (int p = 0; p < points.length; p++) {
        weights[w][p] = Field.divide(numerator, Field.multiply(scale[p], at ^ points[p]));
      }
    }
    return weights;
  }

  private int[] points(int[] indices) {
    int[] points = new int[indices.length];
    for (int i = 0; i < indices.length; i++) {
      points[i] = Points.at(shape.point(indices[i]));
    }
    return points;
  }

  /** Product of the differences between {@code at} and all zeros and points but itself. */
  private int product(int[] points, int at) {
    int product = 1;
    for (int zero = shape.firstZero(); zero < Points.COUNT; zero++) {
      product = Field.multiply(product, at ^ Points.at(zero));
    }
    for (int point : points) {
      product = point == at ? product : Field.multiply(product, at ^ point);
    }
    return product;
  }
}
