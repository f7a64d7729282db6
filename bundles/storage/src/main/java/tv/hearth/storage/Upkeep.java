package tv.hearth.storage;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;
import tv.hearth.api.pieces.PieceStore.ScrubReport;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.support.thread.Failures;

/**
 * One thread of lowest priority that sweeps, expires and scrubs, and takes no more of a core than
 * the budget says. Closing ends it within one part of a piece, and waits 50 ms for that.
 */
final class Upkeep implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Upkeep.class.getName());
  private static final Duration IDLE = Duration.ofMinutes(1);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);
  private static final long JOIN_MILLIS = 50;

  private final Storage storage;
  private final DoubleSupplier cpuShare;
  private final InstantSource clock;
  private final Duration expireEvery;
  private final Duration scrubEvery;
  private final Duration first;
  private final Failures failures;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread;
  private long workingSince;
  private long nextExpiry;
  private long nextLook;

  /**
   * Not yet started.
   *
   * @param first how long to leave the disk alone, so that a box's start is over
   * @param failures told what can't be the disk's fault
   */
  Upkeep(
      Storage storage,
      DoubleSupplier cpuShare,
      InstantSource clock,
      Duration expireEvery,
      Duration scrubEvery,
      Duration first,
      Failures failures) {
    this.first = first;
    this.failures = failures;
    this.storage = storage;
    this.cpuShare = cpuShare;
    this.clock = clock;
    this.expireEvery = expireEvery;
    this.scrubEvery = scrubEvery;
    this.thread = new Thread(this::run, "hearth-storage-upkeep");
    thread.setDaemon(true);
    thread.setPriority(Thread.MIN_PRIORITY);
  }

  /** Starts the thread; once. */
  Upkeep start() {
    thread.start();
    return this;
  }

  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean going = pause(first);
    while (going) {
      workingSince = System.nanoTime();
      going = pause(round() ? Duration.ZERO : IDLE);
    }
  }

  /** One small task; true where there is more to do. */
  private boolean round() {
    try {
      lookWhenDue();
      expireWhenDue();
      if (cpuShare.getAsDouble() <= 0) {
        return false;
      }
      if (storage.sweep().step()) {
        return rest();
      }
      long before = clock.millis() - scrubEvery.toMillis();
      ScrubReport report = storage.store().scrub(1, before, bytes -> rest());
      return report.checked() > 0;
    } catch (StoreException e) {
      if (!storage.isClosed()) {
        LOG.log(Level.WARNING, "Looking after the pieces failed; tried again in a minute", e);
      }
      return false;
    } catch (RuntimeException | Error e) { // errors too: else nothing expires from then on
      if (!storage.isClosed()) {
        failures.note(e);
      }
      return false;
    }
  }

  private void lookWhenDue() {
    if (clock.millis() >= nextLook) {
      nextLook = clock.millis() + IDLE.toMillis();
      storage.lookAtDisk();
    }
  }

  private void expireWhenDue() throws StoreException {
    if (clock.millis() >= nextExpiry) {
      nextExpiry = clock.millis() + expireEvery.toMillis();
      storage.pieces().expire(clock.instant());
    }
  }

  /** After work that took t, a pause of t · (1/share − 1); false to stop. */
  private boolean rest() {
    double share = Math.max(0.001, Math.min(1, cpuShare.getAsDouble()));
    long worked = System.nanoTime() - workingSince;
    long nanos = (long) Math.min(worked * (1 / share - 1), LONGEST_PAUSE.toNanos());
    boolean going = pause(Duration.ofNanos(nanos));
    workingSince = System.nanoTime();
    return going;
  }

  /** False where it was told to stop meanwhile. */
  private boolean pause(Duration duration) {
    try {
      return !stop.await(duration.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
