package tv.hearth.erasure;

import java.util.Arrays;

/** Chooses how to make missing pieces from present ones. */
final class RestorePlan {
  private RestorePlan() {}

  /**
   * The program that makes those wanted pieces that are not present and leaves the others as they
   * are.
   *
   * @param slots for each index of a piece its place among the present ones, or -1
   * @param wanted not all of them present
   */
  static PlaneProgram of(Shape shape, int[] present, int[] slots, int[] wanted) {
    PlaneProgram matrix = byMatrix(shape, present, slots, wanted);
    boolean allData = Arrays.stream(slots, 0, shape.k()).allMatch(slot -> slot >= 0);
    if (!allData) {
      return matrix;
    }
    PlaneProgram transform = EncodePlan.of(shape, slots, wanted);
    return transform.bytes() < matrix.bytes() ? transform : matrix;
  }

  private static PlaneProgram byMatrix(Shape shape, int[] present, int[] slots, int[] wanted) {
    int[] missing = Arrays.stream(wanted).filter(index -> slots[index] < 0).toArray();
    int[][] found = new Interpolation(shape).weights(present, missing);
    int[][] weights = new int[wanted.length][];
    for (int w = 0, next = 0; w < wanted.length; w++) {
      weights[w] = slots[wanted[w]] < 0 ? found[next++] : null;
    }
    return MatrixPlan.of(weights, present.length);
  }
}
