package tv.hearth.headend.registry.fleet;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tv.hearth.api.value.BoxId;
import tv.hearth.support.level.Levels;

/**
 * A raise of the neighbourhood's level by one: what is in its way, and whom it leaves behind. Pure.
 *
 * @param from the present level
 * @param to the next one
 * @param refusal why there is none whatever the boxes read; empty where nothing is
 * @param hindrances members that can't read it and are not to be left behind, silent longest first
 * @param behind members that can't read it and are left behind
 */
public record Raise(
    int from, int to, Optional<String> refusal, List<FleetBox> hindrances, List<FleetBox> behind) {
  /** Copies the lists. */
  public Raise {
    hindrances = List.copyOf(hindrances);
    behind = List.copyOf(behind);
  }

  /**
   * Judges it.
   *
   * @param present the level now
   * @param known what the headend's software reads and writes
   * @param fleet all boxes
   * @param leave whom the operator leaves behind
   * @param underWay what is under way in the fleet, in words; empty where nothing is
   */
  public static Raise of(
      int present,
      Levels known,
      List<FleetBox> fleet,
      Set<BoxId> leave,
      Optional<String> underWay) {
    int next = present + 1;
    List<FleetBox> hindrances = new ArrayList<>();
    List<FleetBox> behind = new ArrayList<>();
    fleet.stream()
        .filter(box -> box.isMember() && box.reads() < next)
        .sorted(java.util.Comparator.comparing(FleetBox::lastSeen))
        .forEach(box -> (leave.contains(box.id()) ? behind : hindrances).add(box));
    return new Raise(
        present, next, refusal(next, known, fleet, leave, underWay), hindrances, behind);
  }

  private static Optional<String> refusal(
      int next, Levels known, List<FleetBox> fleet, Set<BoxId> leave, Optional<String> underWay) {
    if (!known.has(next)) {
      return Optional.of(
          "this headend's software knows levels "
              + known
              + ": there is nothing to raise to until it is updated");
    }
    for (BoxId id : leave) {
      Optional<FleetBox> box = fleet.stream().filter(each -> each.id().equals(id)).findFirst();
      if (box.filter(FleetBox::isMember).isEmpty()) {
        return Optional.of("box " + id + ", which is to be left behind, is no member");
      }
      if (box.get().reads() >= next) {
        return Optional.of("box " + id + " reads level " + next + ": nothing leaves it behind");
      }
    }
    return underWay.map(
        what -> what + ": a box that it takes back could not read level " + next + "; let it end");
  }

  /** Whether it can be done. */
  public boolean isPossible() {
    return refusal.isEmpty() && hindrances.isEmpty();
  }

  /** The boxes that are left behind, as they stand then. */
  public List<FleetBox> left(Instant now) {
    return behind.stream().map(box -> box.removed(Departure.Why.BEHIND, now)).toList();
  }
}
