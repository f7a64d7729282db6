package tv.hearth.erasure;

import java.util.Arrays;
import java.util.stream.IntStream;

/** Parity from data by additive FFT, in the form that the shape asks for. */
final class EncodePlan {
  private final Shape shape;
  private final int[] slots;
  private final PlaneSums planes;
  private final ElementSums elements;
  private final AdditiveTransform transform;
  private final int span;

  private EncodePlan(Shape shape, int[] slots) {
    this.shape = shape;
    this.slots = slots;
    planes = new PlaneSums(shape.k() * TowerBasis.PLANES);
    elements = new ElementSums(planes);
    transform = new AdditiveTransform(elements);
    span = shape.span();
  }

  /** The program from k data units to n − k ≥ 1 parity units. */
  static PlaneProgram of(Shape shape) {
    int[] inOrder = IntStream.range(0, shape.k()).toArray();
    return of(shape, inOrder, IntStream.range(shape.k(), shape.n()).toArray());
  }

  /**
   * The program from all data units to some parity units.
   *
   * @param slots for each data unit its place in the input
   * @param wanted indices of units; where one is a data unit, the program leaves it as it is
   */
  static PlaneProgram of(Shape shape, int[] slots, int[] wanted) {
    EncodePlan plan = new EncodePlan(shape, slots);
    int[][] parity = shape.highRate() ? plan.highRate() : plan.lowRate();
    int[] leave = new int[TowerBasis.PLANES];
    Arrays.fill(leave, ProgramCompiler.NONE);
    int[][] units = new int[wanted.length][];
    Arrays.setAll(units, w -> wanted[w] < shape.k() ? leave : parity[wanted[w] - shape.k()]);
    return ProgramCompiler.compile(plan.planes, MatrixPlan.flatten(units));
  }

  /** The blocks of a polynomial of low degree have transforms that add up to zero. */
  private int[][] highRate() {
    int[][] total = zeros(span);
    for (int first = 0; first < shape.k(); first += span) {
      int[][] chunk = zeros(span);
      for (int j = 0; j < Math.min(span, shape.k() - first); j++) {
        chunk[j] = elements.input(slots[first + j]);
      }
      transform.inverse(chunk, 0, span, span + first);
      for (int j = 0; j < span; j++) {
        total[j] = elements.add(total[j], chunk[j]);
      }
    }
    transform.forward(total, 0, span, 0);
    return Arrays.copyOf(total, shape.parity());
  }

  private int[][] lowRate() {
    int[][] coefficients = zeros(span);
    for (int j = 0; j < shape.k(); j++) {
      coefficients[j] = elements.input(slots[j]);
    }
    transform.inverseTruncated(coefficients, 0, span, 0, shape.k());
    int[][] parity = new int[shape.parity()][];
    for (int offset = span; offset < Points.COUNT; offset += span) {
      evaluate(coefficients, offset, parity);
    }
    evaluate(coefficients, 0, parity);
    return parity;
  }

  /** Puts the parity among the values at offset … offset + span − 1 into its places. */
  private void evaluate(int[][] coefficients, int offset, int[][] parity) {
    int first = offset == 0 ? Points.COUNT - span - shape.k() : offset - span;
    int skip = offset == 0 ? shape.k() : 0;
    if (first + skip >= parity.length) {
      return;
    }
    int[][] values = coefficients.clone();
    transform.forward(values, 0, span, offset);
    for (int i = skip; i < span && first + i < parity.length; i++) {
      parity[first + i] = values[i];
    }
  }

  private int[][] zeros(int length) {
    int[][] zeros = new int[length][];
    Arrays.setAll(zeros, i -> elements.zero());
    return zeros;
  }
}
