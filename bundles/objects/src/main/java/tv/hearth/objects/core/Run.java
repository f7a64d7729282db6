package tv.hearth.objects.core;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Units that are fetched together: the same data indices of consecutive stripes of one segment.
 *
 * @param firstStripe counted within the segment
 * @param wanted indices below k, ascending
 */
public record Run(int segment, int firstStripe, int stripes, int[] wanted) {
  /** Units that one run takes at most, unless a single stripe has more. */
  public static final int MOST_UNITS = 16;

  /** Stripes of a run at most: what one request may ask for, and about 1 MiB of data. */
  public static int mostStripes(int k) {
    return Math.max(1, MOST_UNITS / k);
  }

  /**
   * Where fetching ahead ends (exclusive), so that it takes whole runs where it can, else whole
   * stripes: not a run for each unit that a reader moves on.
   */
  public static long aheadEnd(int k, long last, long target) {
    if (target <= last) {
      return last + 1;
    }
    long block = (long) k * mostStripes(k);
    long whole = (target + 1) / block * block;
    return whole > last + 1 ? whole : (target + 1) / k * k;
  }

  /** Cuts ascending units into runs. */
  public static List<Run> of(Layout layout, List<Long> units) {
    List<Run> runs = new ArrayList<>();
    int at = 0;
    while (at < units.size()) {
      int end = at + 1;
      while (end < units.size() && sameStripe(layout, units.get(at), units.get(end))) {
        end++;
      }
      add(runs, layout, units.subList(at, end));
      at = end;
    }
    return runs;
  }

  private static boolean sameStripe(Layout layout, long a, long b) {
    return a / layout.k() == b / layout.k();
  }

  private static void add(List<Run> runs, Layout layout, List<Long> ofStripe) {
    int segment = layout.segmentOf(ofStripe.get(0));
    int stripe = layout.stripeOf(ofStripe.get(0));
    int[] wanted = ofStripe.stream().mapToInt(layout::indexOf).toArray();
    Run last = runs.isEmpty() ? null : runs.get(runs.size() - 1);
    boolean joins =
        last != null
            && last.segment == segment
            && last.firstStripe + last.stripes == stripe
            && last.stripes < mostStripes(layout.k())
            && Arrays.equals(last.wanted, wanted);
    if (joins) {
      runs.set(runs.size() - 1, new Run(segment, last.firstStripe, last.stripes + 1, last.wanted));
    } else {
      runs.add(new Run(segment, stripe, 1, wanted));
    }
  }
}
