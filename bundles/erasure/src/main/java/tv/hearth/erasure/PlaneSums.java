package tv.hearth.erasure;

import java.util.Arrays;

/**
 * The XOR sums that a program shall compute, in static single assignment: value 0 is zero, then
 * come the input planes, then one value a sum. Sums cancel equal terms and vanish where they can.
 */
final class PlaneSums {
  /** The value that is zero. */
  static final int ZERO = 0;

  private final int inputs;
  private int[] starts = new int[1024];
  private int[] terms = new int[4096];
  private int sums;

  /**
   * @param inputs number of input planes; they are values 1…inputs
   */
  PlaneSums(int inputs) {
    this.inputs = inputs;
  }

  int inputs() {
    return inputs;
  }

  /** Values so far: zero, inputs and sums. */
  int values() {
    return 1 + inputs + sums;
  }

  /** The value of input plane {@code plane}. */
  int input(int plane) {
    return 1 + plane;
  }

  boolean isInput(int value) {
    return value > ZERO && value <= inputs;
  }

  /** The XOR of the first {@code count} values; {@code from} is overwritten. */
  int sum(int[] from, int count) {
    int kept = cancel(from, count);
    if (kept < 2) {
      return kept == 0 ? ZERO : from[0];
    }
    int start = starts[sums];
    if (sums + 2 > starts.length) {
      starts = Arrays.copyOf(starts, 2 * starts.length);
    }
    if (start + kept > terms.length) {
      terms = Arrays.copyOf(terms, 2 * terms.length + kept);
    }
    System.arraycopy(from, 0, terms, start, kept);
    starts[++sums] = start + kept;
    return inputs + sums;
  }

  int termCount(int value) {
    int sum = value - inputs - 1;
    return starts[sum + 1] - starts[sum];
  }

  /** Term {@code i} of a sum. */
  int term(int value, int i) {
    return terms[starts[value - inputs - 1] + i];
  }

  private static int cancel(int[] from, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int same = 0;
      while (same < kept && from[same] != from[i]) {
        same++;
      }
      if (from[i] != ZERO && same == kept) {
        from[kept++] = from[i];
      } else if (from[i] != ZERO) {
        from[same] = from[--kept];
      }
    }
    return kept;
  }
}
