package tv.hearth.headend.registry.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.support.record.EndpointRecord;
import tv.hearth.support.record.MapRecord;

/**
 * Makes the map's list of boxes from the registry's: in order of their ids, so that equal fleets
 * give equal maps. Pure.
 */
public final class MapBuilder {
  /** What the boxes may take of the 1 MiB that a signed record may have, in bytes. */
  static final int BUDGET = 950_000;

  /** So long a box that fell silent is shown as removed. */
  static final Duration SHOWN = Duration.ofDays(30);

  /** Heads, keys, ids and numbers of a box's entry, bytes, rounded up. */
  private static final int ENTRY = 260;

  private static final int ENDPOINT = 32;

  private MapBuilder() {}

  /**
   * The map's boxes.
   *
   * <p>A box that was replaced is in no map, one that was silent for too long is shown as removed
   * for {@link #SHOWN}; one that the operator removed stays, so that a registry which is refilled
   * from a map does not admit it. Where there are more than {@link MapRecord#MOST_BOXES}, removed
   * boxes are left out, those first that were enrolled first. Where endpoints would make the map
   * too large, each box shows fewer: its own signed record, which neighbours pass on, has all.
   */
  public static List<MapBox> boxes(List<FleetBox> fleet, Instant now) {
    List<FleetBox> chosen = chosen(fleet.stream().filter(box -> isShown(box, now)).toList());
    int most = EndpointRecord.MOST;
    while (most > 0 && size(chosen, most) > BUDGET) {
      most--;
    }
    int shown = most;
    return chosen.stream()
        .sorted(Comparator.comparing(FleetBox::id))
        .map(box -> box.toMapBox(shown))
        .collect(Collectors.toUnmodifiableList());
  }

  private static boolean isShown(FleetBox box, Instant now) {
    return switch (box.departure().why()) {
      case MEMBER, OPERATOR, BEHIND -> true;
      case SILENT -> now.isBefore(box.departure().since().plus(SHOWN));
      case REPLACED -> false;
    };
  }

  private static List<FleetBox> chosen(List<FleetBox> fleet) {
    if (fleet.size() <= MapRecord.MOST_BOXES) {
      return fleet;
    }
    List<FleetBox> sorted = new ArrayList<>(fleet);
    sorted.sort(
        Comparator.comparing((FleetBox box) -> !box.isMember())
            .thenComparing(FleetBox::enrolled, Comparator.reverseOrder())
            .thenComparing(FleetBox::id));
    return sorted.subList(0, MapRecord.MOST_BOXES);
  }

  static int size(List<FleetBox> fleet, int mostEndpoints) {
    int size = 0;
    for (FleetBox box : fleet) {
      size += ENTRY + box.model().length() + box.location().length();
      int shown = Math.min(mostEndpoints, box.endpoints().size());
      for (Endpoint endpoint : box.endpoints().subList(0, shown)) {
        size += ENDPOINT + endpoint.host().length() + endpoint.kind().length();
      }
    }
    return size;
  }
}
