package tv.hearth.objects.core;

import java.util.Arrays;

/**
 * The medians of recent answers' times, for small and for large requests apart. Not thread-safe.
 */
final class Latencies {
  private static final int WINDOW = 64;
  private static final int SMALL_UNITS = 2;
  private static final long LEAST = 50_000_000L;
  private static final long MOST = 1_000_000_000L;
  private static final long UNKNOWN = 100_000_000L;
  private final Ring small = new Ring();
  private final Ring large = new Ring();

  void add(long took, int units) {
    ring(units).add(took);
  }

  /** 1.5 × the median, at least 50 ms, at most 1 s; 150 ms before the first answers. */
  long patience(int units) {
    Ring ring = ring(units);
    long median = ring.used < 8 ? UNKNOWN : ring.median();
    return Math.min(MOST, Math.max(LEAST, median + median / 2));
  }

  private Ring ring(int units) {
    return units <= SMALL_UNITS ? small : large;
  }

  private static final class Ring {
    private final long[] values = new long[WINDOW];
    private int used;
    private int next;
    private long median;

    void add(long value) {
      values[next] = value;
      next = (next + 1) % WINDOW;
      used = Math.min(WINDOW, used + 1);
      median = 0;
    }

    long median() {
      if (median == 0) {
        long[] sorted = Arrays.copyOf(values, used);
        Arrays.sort(sorted);
        median = sorted[used / 2];
      }
      return median;
    }
  }
}
