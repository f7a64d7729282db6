package tv.hearth.storage;

import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;

/** Counts calls under way, so that a stop can wait for them, bounded. Thread-safe. */
final class Gate {
  private int inside;
  private boolean closed;

  /** Throws NOT_READY once closed. */
  synchronized void enter() throws StoreException {
    if (closed) {
      throw new StoreException(
          Problem.NOT_READY, "storage is being stopped; ask again in a moment");
    }
    inside++;
  }

  synchronized void leave() {
    inside--;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Lets nobody in any more and waits until all have left, or the time is over. */
  synchronized void close(long millis) {
    closed = true;
    long end = System.nanoTime() + millis * 1_000_000;
    try {
      for (long left = millis; inside > 0 && left > 0; ) {
        wait(left);
        left = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // whoever stops us is in a hurry: close at once
    }
  }
}
