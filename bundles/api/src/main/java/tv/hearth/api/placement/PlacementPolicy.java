package tv.hearth.api.placement;

import java.util.List;
import java.util.Set;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;

/** Picks holders: a pure function of its arguments, the same on every box. Thread-safe. */
public interface PlacementPolicy {
  /**
   * The group for one segment by weighted rendezvous hashing: n distinct boxes, then spares, best
   * first. At most max(1, ⌊(n−k)/2⌋) of the n under one location, relaxed where there are too few
   * locations.
   *
   * @param key what is placed, e.g. object id and segment number
   * @param excluded boxes that must not hold (the owner's own, those that refused)
   * @param spares how many further boxes to name, fewer where there are no more
   * @throws TooFewBoxesException where fewer than n boxes take pieces
   */
  Group group(BoxMap map, Bytes key, int k, int n, Set<BoxId> excluded, int spares)
      throws TooFewBoxesException;

  /**
   * The boxes that keep small records under {@code key}: up to {@code copies} members that take
   * pieces, best first; fewer where there are no more.
   */
  List<BoxId> replicas(BoxMap map, Bytes key, int copies);

  /** An ordered group: holder of piece i at place i. */
  record Group(List<BoxId> holders, List<BoxId> spares) {
    /** Copies both lists. */
    public Group {
      holders = List.copyOf(holders);
      spares = List.copyOf(spares);
    }
  }
}
