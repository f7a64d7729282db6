package tv.hearth.transfer.net;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The places of a listener, in two rooms. Whoever connects comes into the small one, and out of it
 * only by having shown itself a member; where that is full, whoever is there longest has to go. The
 * large one is the members': where it is full, the connection that is idle longest has to go. So
 * nobody takes a member's place by a mere connection. On the listener's event loop.
 */
final class Places<C extends Places.Guest> {
  private final int newcomersAtMost;
  private final int membersAtMost;
  private final Set<C> newcomers = new LinkedHashSet<>();
  private final Set<C> members = new LinkedHashSet<>();

  Places(int newcomersAtMost, int membersAtMost) {
    this.newcomersAtMost = newcomersAtMost;
    this.membersAtMost = membersAtMost;
  }

  /** A connection, as far as its place goes. */
  interface Guest {
    /** Nothing is being asked or answered on it. */
    boolean isIdle();

    /** When it last changed, by the JVM's clock of nanoseconds. */
    long since();

    /** Its place is taken away. */
    void evicted();
  }

  /** Somebody connected. */
  void enter(C newcomer) {
    if (newcomers.size() >= newcomersAtMost) {
      Iterator<C> eldest = newcomers.iterator();
      C gone = eldest.next();
      eldest.remove();
      gone.evicted();
    }
    newcomers.add(newcomer);
  }

  /**
   * Somebody turned out to be a member; no effect for who has a member's place.
   *
   * @return false where none is free, and nobody idle
   */
  boolean admit(C guest) {
    if (members.contains(guest)) {
      return true;
    }
    if (members.size() >= membersAtMost) {
      Optional<C> longest = idleLongest();
      if (longest.isEmpty()) {
        return false;
      }
      members.remove(longest.get());
      longest.get().evicted();
    }
    newcomers.remove(guest);
    members.add(guest);
    return true;
  }

  private Optional<C> idleLongest() {
    // By their difference: the clock of nanoseconds may overflow.
    return members.stream().filter(Guest::isIdle).min((a, b) -> Long.signum(a.since() - b.since()));
  }

  /** A connection ended; no effect for who has no place. */
  void leave(C guest) {
    newcomers.remove(guest);
    members.remove(guest);
  }

  /** How many there are. */
  int size() {
    return newcomers.size() + members.size();
  }

  /** All, as they are now. */
  List<C> all() {
    List<C> all = new ArrayList<>(newcomers);
    all.addAll(members);
    return all;
  }
}
