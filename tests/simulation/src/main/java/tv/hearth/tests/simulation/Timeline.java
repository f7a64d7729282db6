package tv.hearth.tests.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time and what is due in it, and a hash of all that happened. */
final class Timeline {
  /** A second, in the unit of this time. */
  static final long SECOND = 1_000_000_000L;

  private static final long PRIME = 0x9E3779B97F4A7C15L;

  private record Event(long at, long order, Runnable act) {}

  private final PriorityQueue<Event> due =
      new PriorityQueue<>(Comparator.comparingLong(Event::at).thenComparingLong(Event::order));
  private long now;
  private long order;
  private long hash = PRIME;

  /** Nanoseconds since the beginning. */
  long now() {
    return now;
  }

  /** Has something happen after a delay; what is due at the same moment comes in this order. */
  void after(long delay, Runnable act) {
    due.add(new Event(now + Math.max(0, delay), order++, act));
  }

  /** Does the next thing; false where there is none before {@code end}. */
  boolean step(long end) {
    if (due.isEmpty() || due.peek().at() > end) {
      return false;
    }
    Event event = due.poll();
    now = event.at();
    note(now);
    event.act().run();
    return true;
  }

  /** Takes a fact into the hash. */
  void note(long fact) {
    long mixed = (hash ^ fact) * PRIME;
    hash = mixed ^ mixed >>> 29;
  }

  /** Of everything that happened, in order. */
  String trace() {
    return Long.toHexString(hash);
  }
}
