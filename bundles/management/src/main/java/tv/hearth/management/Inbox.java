package tv.hearth.management;

import java.util.ArrayDeque;

/**
 * What waits for the agent's one thread: requests of controllers, and what happened on the box.
 * They wait apart and take turns, so that neither displaces the other. Bounded; who brings one too
 * many is told, and tells it on. Thread-safe.
 */
final class Inbox {
  private final int mostRequests;
  private final int mostHappenings;
  private final ArrayDeque<Runnable> requests = new ArrayDeque<>();
  private final ArrayDeque<Runnable> happenings = new ArrayDeque<>();
  private boolean isRequestsTurn;

  Inbox(int mostRequests, int mostHappenings) {
    this.mostRequests = mostRequests;
    this.mostHappenings = mostHappenings;
  }

  /** A controller's request; false where too many wait: it is to be refused. */
  synchronized boolean asked(Runnable request) {
    return add(requests, mostRequests, request);
  }

  /** Something to tell controllers of; false where too much waits. */
  synchronized boolean happened(Runnable what) {
    return add(happenings, mostHappenings, what);
  }

  private boolean add(ArrayDeque<Runnable> to, int most, Runnable one) {
    if (to.size() >= most) {
      return false;
    }
    to.add(one);
    notifyAll();
    return true;
  }

  /** Wakes whoever waits in {@link #next}. */
  synchronized void wake() {
    notifyAll();
  }

  /** The next, waiting for it for that long; null where none came, or it was woken. */
  synchronized Runnable next(long millis) throws InterruptedException {
    if (requests.isEmpty() && happenings.isEmpty()) {
      wait(millis);
    }
    isRequestsTurn = !isRequestsTurn;
    ArrayDeque<Runnable> first = isRequestsTurn ? requests : happenings;
    ArrayDeque<Runnable> second = isRequestsTurn ? happenings : requests;
    return first.isEmpty() ? second.poll() : first.poll();
  }
}
