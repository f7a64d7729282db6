package tv.hearth.mqtt;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * How often another node took this one's session, for it has the same identity: a copied data
 * partition. Two in an hour tell of a twin; then this node comes back ever later, so that the two
 * don't take the session from each other without end. Thread-safe.
 */
final class Takeovers {
  private static final long SPAN_MILLIS = 3_600_000;
  private static final long FIRST_WAIT_MILLIS = 15_000;
  private static final long LAST_WAIT_MILLIS = 600_000;
  private static final int MOST = 16;

  private final Deque<Long> times = new ArrayDeque<>();
  private long count;

  /** One happened. */
  synchronized void note(long nowMillis) {
    count++;
    times.addLast(nowMillis);
    if (times.size() > MOST) {
      times.removeFirst();
    }
  }

  /** How many since the start. */
  synchronized long count() {
    return count;
  }

  /** True while there is a twin, as far as is known. */
  synchronized boolean twin(long nowMillis) {
    return recent(nowMillis) >= 2;
  }

  /** What to wait at least before the next connection; 0 without a twin. */
  synchronized long waitMillis(long nowMillis) {
    int recent = recent(nowMillis);
    return recent < 2 ? 0 : Math.min(LAST_WAIT_MILLIS, FIRST_WAIT_MILLIS << (recent - 2));
  }

  /** For health; empty without a twin. */
  String trouble(long nowMillis) {
    return twin(nowMillis)
        ? "another node with this identity takes the broker's session (a copied data partition?):"
            + " wipe one of the two, it then enrols with a new claim"
        : "";
  }

  private int recent(long nowMillis) {
    while (!times.isEmpty() && nowMillis - times.peekFirst() > SPAN_MILLIS) {
      times.removeFirst();
    }
    return times.size();
  }
}
