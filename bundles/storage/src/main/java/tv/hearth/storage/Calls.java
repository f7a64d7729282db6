package tv.hearth.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.locks.ReentrantLock;
import tv.hearth.api.pieces.StoreException;

/** The way into the store: through the gate, under a lock, with errors named and counted. */
final class Calls {
  private final Gate gate;
  private final Counters counters;
  private final FileLayer files;
  private final Path root;

  Calls(Gate gate, Counters counters, FileLayer files, Path root) {
    this.gate = gate;
    this.counters = counters;
    this.files = files;
    this.root = root;
  }

  /** A step that may fail in any of a disk's ways. */
  interface Op<T> {
    T run() throws StoreException, IOException, SQLException;
  }

  /** Does it; {@code lock} may be null, {@code doing} is for messages. */
  <T> T call(String doing, ReentrantLock lock, Op<T> op) throws StoreException {
    gate.enter();
    try {
      return lock == null ? op.run() : underLock(lock, op);
    } catch (StoreException e) {
      throw counters.failed(e);
    } catch (IOException e) {
      throw counters.failed(DiskErrors.of(doing, e, files, root));
    } catch (SQLException e) {
      throw counters.failed(DiskErrors.of(doing, e));
    } finally {
      gate.leave();
    }
  }

  static <T> T underLock(ReentrantLock lock, Op<T> op)
      throws StoreException, IOException, SQLException {
    lock.lock();
    try {
      return op.run();
    } finally {
      lock.unlock();
    }
  }
}
