package tv.hearth.storage;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;

/**
 * A storage that may take several tries to open, as on a disk that is full or read-only now: until
 * it is open callers are told NOT_READY and health says why. Owns the storage, what was begun with
 * it, and, while it can't be opened, one thread. Thread-safe.
 */
final class Opening implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Opening.class.getName());
  private static final long JOIN_MILLIS = 50;

  private final Opener opener;
  private final Follower follower;
  private final Duration pause;
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile Storage storage;
  private volatile String trouble = "";
  private volatile Thread thread;
  private AutoCloseable follows;

  /** Opens a storage. */
  interface Opener {
    Storage open() throws StoreException;
  }

  /** Begins what goes on beside an open storage; ended before it. */
  interface Follower {
    AutoCloseable begin(Storage storage);
  }

  /**
   * Not yet begun.
   *
   * @param pause between two tries
   */
  Opening(Opener opener, Follower follower, Duration pause) {
    this.opener = opener;
    this.follower = follower;
    this.pause = pause;
  }

  /** Tries once here and, where that fails, again and again on a thread of its own; once. */
  synchronized Opening begin() {
    if (!attempt()) {
      thread = new Thread(this::untilOpen, "hearth-storage-open");
      thread.setDaemon(true);
      thread.setPriority(Thread.MIN_PRIORITY);
      thread.start();
    }
    return this;
  }

  /** The storage; NOT_READY where it is not open. */
  Storage get() throws StoreException {
    Storage open = storage;
    if (open == null) {
      throw new StoreException(
          Problem.NOT_READY, "storage could not be opened and is tried again: " + trouble);
    }
    return open;
  }

  /** The storage, or null where it is not open. */
  Storage now() {
    return storage;
  }

  /** What an open storage's health can't say. */
  Health health() {
    return Health.failed("storage could not be opened and is tried again: " + trouble);
  }

  private void untilOpen() {
    try {
      while (!stop.await(pause.toNanos(), TimeUnit.NANOSECONDS) && !attempt()) {
        continue;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean attempt() {
    if (stop.getCount() == 0) {
      return true;
    }
    try {
      Storage open = opener.open();
      follows = follower.begin(open);
      storage = open;
      return true;
    } catch (StoreException e) {
      return failed(e, e.getMessage());
    } catch (RuntimeException | Error e) { // errors too: the next try must come
      return failed(e, e.toString());
    }
  }

  private boolean failed(Throwable failure, String why) {
    if (!why.equals(trouble)) {
      LOG.log(Level.ERROR, "Storage can't be opened and is tried again", failure);
    }
    trouble = why;
    return false;
  }

  @Override
  public void close() throws StoreException {
    stop.countDown();
    Thread trying = thread;
    if (trying != null) {
      try {
        trying.join(JOIN_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
    closeOpen();
  }

  private synchronized void closeOpen() throws StoreException {
    if (storage == null) {
      return;
    }
    try {
      follows.close();
    } catch (Exception e) {
      LOG.log(Level.WARNING, "What goes on beside storage did not end", e);
    }
    storage.close();
  }
}
