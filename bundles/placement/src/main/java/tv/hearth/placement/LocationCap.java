package tv.hearth.placement;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tv.hearth.api.neighbourhood.MapBox;

/** How many pieces of a segment one location may hold, and how many it holds so far. */
final class LocationCap {
  private final int cap;
  private final Map<String, Integer> taken = new HashMap<>();

  private LocationCap(int cap) {
    this.cap = cap;
  }

  /**
   * The class's cap, max(1, ⌊(n−k)/2⌋), or the least higher one at which the candidates' locations
   * have room for n together.
   */
  static LocationCap of(List<MapBox> candidates, int k, int n) {
    Map<String, Integer> boxes = new HashMap<>();
    candidates.forEach(box -> boxes.merge(box.location(), 1, Integer::sum));
    int cap = Math.max(1, (n - k) / 2);
    while (room(boxes, cap) < n) {
      cap++;
    }
    return new LocationCap(cap);
  }

  /** Counts the box in where its location has room. */
  boolean admit(MapBox box) {
    int held = taken.getOrDefault(box.location(), 0);
    if (held >= cap) {
      return false;
    }
    taken.put(box.location(), held + 1);
    return true;
  }

  private static int room(Map<String, Integer> boxes, int cap) {
    return boxes.values().stream().mapToInt(count -> Math.min(count, cap)).sum();
  }
}
