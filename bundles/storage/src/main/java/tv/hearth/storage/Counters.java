package tv.hearth.storage;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;

/** What happened since the start. Thread-safe. */
final class Counters {
  private final AtomicLong readBytes = new AtomicLong();
  private final AtomicLong writtenBytes = new AtomicLong();
  private final AtomicLong expired = new AtomicLong();
  private final AtomicLongArray problems = new AtomicLongArray(Problem.values().length);
  private volatile boolean readOnly;

  void read(int bytes) {
    readBytes.addAndGet(bytes);
  }

  void written(int bytes) {
    writtenBytes.addAndGet(bytes);
    readOnly = false;
  }

  /** The disk was written, and what was wrong with it is over. */
  void writable() {
    readOnly = false;
  }

  void expired(int pieces) {
    expired.addAndGet(pieces);
  }

  /** Counts a problem and hands it on. */
  StoreException failed(StoreException e) {
    problems.incrementAndGet(e.problem().ordinal());
    if (e.problem() == Problem.READ_ONLY) {
      readOnly = true;
    }
    return e;
  }

  long readBytes() {
    return readBytes.get();
  }

  long writtenBytes() {
    return writtenBytes.get();
  }

  long expired() {
    return expired.get();
  }

  long problems(Problem problem) {
    return problems.get(problem.ordinal());
  }

  /** True where the last attempt to write found the disk read-only. */
  boolean isReadOnly() {
    return readOnly;
  }
}
