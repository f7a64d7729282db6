package tv.hearth.objects.name;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.Shelf;

/**
 * A shelf page by page. Names are kept under ids that have another order, so each walk over the
 * replicas verifies every head of the owner: one walk therefore serves {@value #AHEAD} pages, if
 * they are asked for within half a minute. The first page is always walked anew. Thread-safe; no
 * lock is held during a walk; time comes in.
 */
public final class Pages {
  /** Names on a page. */
  public static final int PAGE = 1000;

  private static final int AHEAD = 8;
  private static final long FRESH = TimeUnit.SECONDS.toNanos(30);
  private final Map<Shelf, Walked> walked = new EnumMap<>(Shelf.class);

  /** Goes over all names of a shelf. */
  @FunctionalInterface
  public interface Walk {
    /** The first {@code most} names after {@code after}. */
    TreeMap<String, Heads.Named> from(String after, int most) throws ObjectFailure;
  }

  private record Walked(
      TreeMap<String, Heads.Named> names, String after, boolean whole, long until) {
    boolean has(String from, long now) {
      return until - now > 0
          && from.compareTo(after) >= 0
          && (whole || names.tailMap(from, false).size() >= PAGE);
    }
  }

  /** The names after {@code after}, at most {@value #PAGE}. */
  public List<Heads.Named> page(Shelf shelf, String after, long now, Walk walk)
      throws ObjectFailure {
    Walked known = after.isEmpty() ? null : known(shelf);
    if (known == null || !known.has(after, now)) {
      TreeMap<String, Heads.Named> names = walk.from(after, AHEAD * PAGE);
      known = new Walked(names, after, names.size() < AHEAD * PAGE, now + FRESH);
    }
    List<Heads.Named> page =
        known.names.tailMap(after, false).values().stream().limit(PAGE).toList();
    keep(shelf, page.size() < PAGE ? null : known);
    return page;
  }

  private synchronized Walked known(Shelf shelf) {
    return walked.get(shelf);
  }

  private synchronized void keep(Shelf shelf, Walked next) {
    walked.put(shelf, next);
  }
}
