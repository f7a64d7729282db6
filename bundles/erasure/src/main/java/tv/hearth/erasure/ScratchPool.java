package tv.hearth.erasure;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.Semaphore;

/**
 * Lends scratch to at most so many threads at a time; the others wait, which bounds memory. Keeps
 * as many idle ones until closed. Thread-safe.
 */
final class ScratchPool implements AutoCloseable {
  private final int most;
  private final Semaphore permits;
  private final Deque<Scratch> idle = new ArrayDeque<>();
  private boolean closed;

  /**
   * @param most how many threads may work at the same time
   */
  ScratchPool(int most) {
    this.most = most;
    permits = new Semaphore(most);
  }

  /** Waits for a turn; a thread holds at most one. */
  Scratch take(int registers) {
    permits.acquireUninterruptibly();
    int packet = Scratch.packetFor(registers);
    Scratch found = findIdle(registers, packet);
    return found != null ? found : new Scratch(registers, packet);
  }

  void giveBack(Scratch scratch) {
    synchronized (idle) {
      if (!closed) {
        idle.push(scratch);
      }
      if (idle.size() > most) {
        idle.removeLast();
      }
    }
    permits.release();
  }

  private Scratch findIdle(int registers, int packet) {
    synchronized (idle) {
      for (Iterator<Scratch> each = idle.iterator(); each.hasNext(); ) {
        Scratch scratch = each.next();
        if (scratch.fits(registers, packet)) {
          each.remove();
          return scratch;
        }
      }
      return null;
    }
  }

  /** Drops what is idle and keeps nothing from now on; borrowers go on undisturbed. */
  @Override
  public void close() {
    synchronized (idle) {
      closed = true;
      idle.clear();
    }
  }

  int idleCount() {
    synchronized (idle) {
      return idle.size();
    }
  }
}
