package tv.hearth.storage;

import java.util.concurrent.locks.ReentrantLock;

/** A fixed number of locks for any number of things: equal things share one. Thread-safe. */
final class Stripes {
  private final ReentrantLock[] locks;

  /** A power of two. */
  Stripes(int count) {
    locks = new ReentrantLock[count];
    for (int i = 0; i < count; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  ReentrantLock of(Object thing) {
    int hash = thing.hashCode() * 0x9E3779B9; // records' hashes differ in their low bits alone
    return locks[hash >>> Integer.numberOfLeadingZeros(locks.length) + 1];
  }
}
