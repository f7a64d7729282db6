package tv.hearth.erasure;

import java.util.Arrays;

/**
 * Wanted units from present ones by a matrix, with the method of the Four Russians: the sums of
 * each four input planes are made once and used by all rows.
 */
final class MatrixPlan {
  private static final int GROUP = 4;
  private static final int GROUPS_A_UNIT = TowerBasis.PLANES / GROUP;

  private final PlaneSums planes;
  private final int[][] weights;
  private final int[][] rows;
  private final int[] terms = new int[1 + XorKernels.MAX_SOURCES];

  private MatrixPlan(int[][] weights, int units) {
    this.weights = weights;
    planes = new PlaneSums(units * TowerBasis.PLANES);
    rows = new int[weights.length][TowerBasis.PLANES];
  }

  /**
   * @param weights weights[w][p], the factor of unit p of the input in unit w of the output; where
   *     weights[w] is null, the program leaves unit w as it is
   * @param units units of the input
   */
  static PlaneProgram of(int[][] weights, int units) {
    MatrixPlan plan = new MatrixPlan(weights, units);
    int batch = XorKernels.MAX_SOURCES / GROUPS_A_UNIT;
    for (int first = 0; first < units; first += batch) {
      plan.addUnits(first, Math.min(units, first + batch));
    }
    return ProgramCompiler.compile(plan.planes, flatten(plan.rows));
  }

  /** The planes of many elements, one after another. */
  static int[] flatten(int[][] elements) {
    return Arrays.stream(elements).flatMapToInt(Arrays::stream).toArray();
  }

  private void addUnits(int first, int end) {
    int[][] tables = new int[(end - first) * GROUPS_A_UNIT][];
    for (int g = 0; g < tables.length; g++) {
      tables[g] = table(first * TowerBasis.PLANES + g * GROUP);
    }
    for (int w = 0; w < weights.length; w++) {
      for (int p = 0; p < TowerBasis.PLANES; p++) {
        rows[w][p] =
            weights[w] == null ? ProgramCompiler.NONE : addTo(rows[w][p], tables, w, p, first);
      }
    }
  }

  private int addTo(int sum, int[][] tables, int wanted, int plane, int firstUnit) {
    int count = 1;
    terms[0] = sum;
    for (int g = 0; g < tables.length; g++) {
      int row = TowerBasis.row(weights[wanted][firstUnit + g / GROUPS_A_UNIT], plane);
      int mask = row >> g % GROUPS_A_UNIT * GROUP & (1 << GROUP) - 1;
      terms[count++] = tables[g][mask];
    }
    return planes.sum(terms, count);
  }

  /** The sums of all subsets of four planes. */
  private int[] table(int firstPlane) {
    int[] table = new int[1 << GROUP];
    int[] pair = new int[2];
    for (int mask = 1; mask < table.length; mask++) {
      pair[0] = table[mask & mask - 1];
      pair[1] = planes.input(firstPlane + Integer.numberOfTrailingZeros(mask));
      table[mask] = planes.sum(pair, 2);
    }
    return table;
  }
}
