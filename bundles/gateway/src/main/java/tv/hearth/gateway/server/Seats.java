package tv.hearth.gateway.server;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Who may be served at once. A quarter of the places is kept for the box itself, whose screen comes
 * first, and no other device has more than a quarter. Where a newcomer finds no room, one that
 * keeps the gateway waiting makes it: first whoever takes and does not read, then whoever asked
 * nothing for longest. Without clock or I/O; used by one thread.
 */
final class Seats {
  /** Who takes nothing for so long does not read. A player whose buffer is full comes again. */
  static final long UNREAD_NANOS = TimeUnit.SECONDS.toNanos(2);

  private static final int QUARTERS = 4;

  private final int most;
  private final int kept;
  private final int share;
  private final List<Place> taken = new ArrayList<>();

  /** So many places at once. */
  Seats(int most) {
    this.most = most;
    this.kept = most == 1 ? 0 : Math.max(1, most / QUARTERS);
    this.share = Math.max(1, most / QUARTERS);
  }

  /**
   * Whether a newcomer is served.
   *
   * @param leaves whose connection is to be closed for it; null: nobody's. It has left already
   */
  record Verdict(boolean served, Place leaves) {}

  /** Seats a newcomer, if need be in another's place. */
  Verdict enter(Place newcomer, long now) {
    Place leaves = null;
    if (!hasRoom(newcomer)) {
      Optional<Place> found = victim(newcomer, now);
      if (found.isEmpty()) {
        return new Verdict(false, null);
      }
      leaves = found.get();
      taken.remove(leaves);
    }
    taken.add(newcomer);
    return new Verdict(true, leaves);
  }

  void leave(Place place) {
    taken.remove(place);
  }

  private boolean hasRoom(Place newcomer) {
    return taken.size() < most && (newcomer.isOwn() || !atShare(newcomer) && !othersAtTheirs());
  }

  private boolean atShare(Place newcomer) {
    return count(place -> place.isOf(newcomer.device())) >= share;
  }

  private boolean othersAtTheirs() {
    return count(place -> !place.isOwn()) >= most - kept;
  }

  private long count(Predicate<Place> which) {
    return taken.stream().filter(which).count();
  }

  private Optional<Place> victim(Place newcomer, long now) {
    Comparator<Place> first =
        Comparator.<Place>comparingInt(place -> rank(place, now))
            .thenComparing(place -> place.waited(now), Comparator.reverseOrder());
    return taken.stream()
        .filter(place -> place.phase() != Place.Phase.WORKING)
        .filter(candidates(newcomer, now))
        .min(first);
  }

  private Predicate<Place> candidates(Place newcomer, long now) {
    if (newcomer.isOwn()) {
      return place -> true;
    }
    Predicate<Place> lax = place -> rank(place, now) <= 2;
    if (atShare(newcomer)) {
      return lax.and(place -> place.isOf(newcomer.device()));
    }
    return othersAtTheirs()
        ? lax.and(place -> !place.isOwn())
        : lax.and(place -> !place.isOwn() || place.phase() != Place.Phase.TAKING);
  }

  private static int rank(Place place, long now) {
    return switch (place.phase()) {
      case TAKING -> place.waited(now) >= UNREAD_NANOS ? 0 : 3;
      case ENDING -> 1;
      case ASKING, WORKING -> 2;
    };
  }
}
