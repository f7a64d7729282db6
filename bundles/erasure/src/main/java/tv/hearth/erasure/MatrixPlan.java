package tv.hearth.erasure;

import java.util.Arrays;
import java.util.Objects;

/**
 * Wanted units from present ones by a matrix, with the method of the Four Russians: the sums of
 * each few input planes are made once and used by all rows. The more rows, the larger such a group
 * pays.
 */
final class MatrixPlan {
  /**
   * Units whose planes are added to the rows in one go: enough for full steps, few enough to keep.
   */
  private static final int BATCH = 3;

  private final PlaneSums planes;
  private final int[][] weights;
  private final int[][] rows;
  private final int group;
  private final int groupsAUnit;
  private final int[] terms;

  private MatrixPlan(int[][] weights, int units) {
    this.weights = weights;
    planes = new PlaneSums(units * TowerBasis.PLANES);
    rows = new int[weights.length][TowerBasis.PLANES];
    group = groupFor(Arrays.stream(weights).filter(Objects::nonNull).count());
    groupsAUnit = TowerBasis.PLANES / group;
    terms = new int[1 + BATCH * groupsAUnit];
  }

  /** By loads and stores for each unit: 32 a row; 12 and 24 a row; or 66 and 15 a row. */
  private static int groupFor(long rows) {
    if (rows < 2) {
      return 1;
    }
    return rows < 6 ? 2 : 4;
  }

  /**
   * @param weights weights[w][p], the factor of unit p of the input in unit w of the output; where
   *     weights[w] is null, the program leaves unit w as it is
   * @param units units of the input
   */
  static PlaneProgram of(int[][] weights, int units) {
    MatrixPlan plan = new MatrixPlan(weights, units);
    for (int first = 0; first < units; first += BATCH) {
      plan.addUnits(first, Math.min(units, first + BATCH));
    }
    return ProgramCompiler.compile(plan.planes, flatten(plan.rows));
  }

  /** The planes of many elements, one after another. */
  static int[] flatten(int[][] elements) {
    return Arrays.stream(elements).flatMapToInt(Arrays::stream).toArray();
  }

  private void addUnits(int first, int end) {
    int[][] tables = new int[(end - first) * groupsAUnit][];
    for (int g = 0; g < tables.length; g++) {
      tables[g] = table(first * TowerBasis.PLANES + g * group);
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
      int row = TowerBasis.row(weights[wanted][firstUnit + g / groupsAUnit], plane);
      int mask = row >> g % groupsAUnit * group & (1 << group) - 1;
      terms[count++] = tables[g][mask];
    }
    return planes.sum(terms, count);
  }

  /** The sums of all subsets of a group of planes. */
  private int[] table(int firstPlane) {
    int[] table = new int[1 << group];
    int[] pair = new int[2];
    for (int mask = 1; mask < table.length; mask++) {
      pair[0] = table[mask & mask - 1];
      pair[1] = planes.input(firstPlane + Integer.numberOfTrailingZeros(mask));
      table[mask] = planes.sum(pair, 2);
    }
    return table;
  }
}
