package tv.hearth.support.release;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Turns on a folder by the lock of a file in it. The lock excludes every other object of this class
 * in this JVM, of whatever class loader, and other JVMs; threads that share one object are one
 * owner, whose lock lasts until the last of them is done. Thread-safe.
 */
final class FolderTurn implements Closeable {
  /** A whole exchange of somebody else may go before. */
  static final long PATIENCE_MILLIS = 60_000;

  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

  private final Path file;
  private FileChannel channel;
  private FileLock lock;
  private int holders;
  private boolean closed;

  FolderTurn(Path file) {
    this.file = file;
  }

  /**
   * Takes it, at once where this owner has it.
   *
   * @throws IOException closed, interrupted, or the other owner has it for longer than the patience
   */
  Turn take(long patienceMillis) throws IOException {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(patienceMillis);
    while (!tried()) {
      if (System.nanoTime() - end > 0) {
        throw new IOException(
            "somebody else changes " + file.getParent() + " for " + patienceMillis + " ms now");
      }
      LockSupport.parkNanos(PAUSE); // a lock within one JVM tells nobody that it is free
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted while waiting for a turn on " + file.getParent());
      }
    }
    return this::give;
  }

  private synchronized boolean tried() throws IOException {
    if (closed) {
      throw new IOException("closed: nothing may be written to " + file.getParent() + " any more");
    }
    if (holders == 0 && !locked()) {
      return false;
    }
    holders++;
    return true;
  }

  private boolean locked() throws IOException {
    if (channel == null) {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException taken) {
      lock = null;
    }
    return lock != null;
  }

  private synchronized void give() throws IOException {
    holders--;
    if (holders == 0) {
      lock.release();
      lock = null;
      release();
    }
  }

  /** No turn is given any more; one that is held lasts until it is given back. */
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    release();
  }

  private void release() throws IOException {
    if (closed && holders == 0 && channel != null) {
      channel.close();
      channel = null;
    }
  }
}
