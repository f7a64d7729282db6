package tv.hearth.storage;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.pieces.StoreException;

/**
 * Bounds how many files are open and keeps the last used ones so for the next call. Who takes one
 * has it alone until it is given back or closed; callers see to it that one file has one user.
 */
final class OpenFiles implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 10;

  private final Semaphore permits;
  private final Map<Path, Closeable> idle = new LinkedHashMap<>();
  private boolean closed;

  OpenFiles(int most) {
    this.permits = new Semaphore(most);
  }

  /** Opens a file. */
  interface Opener<T extends Closeable> {
    T open() throws IOException, SQLException, DamagedException, StoreException;
  }

  /** An idle file, or else a newly opened one. */
  <T extends Closeable> T take(Path path, Class<T> type, Opener<T> opener)
      throws IOException, SQLException, DamagedException, StoreException {
    Closeable kept = remove(path);
    if (type.isInstance(kept)) {
      return type.cast(kept);
    }
    if (kept != null) {
      discard(kept);
    }
    admit();
    boolean opened = false;
    try {
      T file = opener.open();
      opened = true;
      return file;
    } finally {
      if (!opened) {
        permits.release();
      }
    }
  }

  /** Back for the next caller. */
  void give(Path path, Closeable file) throws IOException {
    synchronized (this) {
      if (!closed) {
        idle.put(path, file);
        return;
      }
    }
    discard(file);
  }

  /** Closes a file that was taken. */
  void discard(Closeable file) throws IOException {
    try {
      file.close();
    } finally {
      permits.release();
    }
  }

  /** Closes the file at that path if it is idle. */
  void forget(Path path) throws IOException {
    Closeable kept = remove(path);
    if (kept != null) {
      discard(kept);
    }
  }

  @Override
  public void close() throws IOException {
    synchronized (this) {
      closed = true;
    }
    for (Closeable kept = eldest(); kept != null; kept = eldest()) {
      discard(kept);
    }
  }

  private void admit() throws IOException {
    if (permits.tryAcquire()) {
      return;
    }
    Closeable kept = eldest();
    if (kept != null) {
      discard(kept);
    }
    try {
      if (!permits.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("too many files of pieces are open; ask again later");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting to open a file", e);
    }
  }

  private synchronized Closeable remove(Path path) {
    return idle.remove(path);
  }

  private synchronized Closeable eldest() {
    var entries = idle.values().iterator();
    if (!entries.hasNext()) {
      return null;
    }
    Closeable first = entries.next();
    entries.remove();
    return first;
  }
}
