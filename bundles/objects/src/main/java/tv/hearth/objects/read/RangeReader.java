package tv.hearth.objects.read;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.core.ReadAhead;
import tv.hearth.objects.core.Run;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.name.Objects;
import tv.hearth.support.record.PlacementRecord;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/**
 * Plaintext ranges of objects: fetches the units that a range touches, and some ahead of whoever
 * reads from front to back. Memory: 8 MiB of opened units and at most {@value #PERMITS} units on
 * their way, whoever asks. Thread-safe.
 */
public final class RangeReader {
  private static final int WINDOW = 16;
  private static final int PERMITS = 160;
  private static final int MANY = 1 << 20;
  private static final int AHEAD = 64;
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(10);
  private static final long LONGEST = TimeUnit.SECONDS.toNanos(60);
  private static final long STALL = TimeUnit.SECONDS.toNanos(1);
  private final Kitchen kitchen;
  private final Objects objects;
  private final Units units = new Units();
  private final Semaphore permits = new Semaphore(PERMITS, true);
  private final ReadAhead readAhead = new ReadAhead(AHEAD, SILENCE);

  /** Over the holders that {@code objects} names. */
  public RangeReader(Kitchen kitchen, Objects objects) {
    this.kitchen = kitchen;
    this.objects = objects;
    kitchen.workers().whenClosed(this::stop);
  }

  /** Whoever waits fails at once. */
  private void stop() {
    units.failAll(stopped("a read"));
    permits.release(MANY);
  }

  private static ObjectFailure stopped(String label) {
    return new ObjectFailure(
        Problem.NOT_READY, label + ": the bundle objects is being stopped: try again");
  }

  /**
   * Fills remaining bytes of {@code into} with plaintext from {@code offset}; all must be there.
   *
   * @param fresh asks for the newest placements
   */
  public void read(OpenObject object, long offset, ByteBuffer into, boolean fresh)
      throws ObjectFailure {
    Layout layout = object.layout();
    long at = offset;
    while (into.hasRemaining()) {
      long first = layout.unitOf(at);
      long last = Math.min(layout.unitOf(at + into.remaining() - 1), first + WINDOW - 1);
      List<CompletableFuture<byte[]>> found = obtain(object, first, last, fresh);
      ahead(object, first, last);
      long begin = System.nanoTime();
      for (CompletableFuture<byte[]> each : found) {
        byte[] plain = await(object, each);
        int from = (int) (at - layout.plainStart(layout.unitOf(at)));
        int count = Math.min(into.remaining(), plain.length - from);
        into.put(plain, from, count);
        at += count;
      }
      if (System.nanoTime() - begin > STALL) {
        kitchen.meters().add(Count.READ_STALLS);
      }
    }
  }

  private List<CompletableFuture<byte[]>> obtain(
      OpenObject object, long first, long last, boolean fresh) throws ObjectFailure {
    List<CompletableFuture<byte[]>> found = new ArrayList<>();
    Map<Long, CompletableFuture<byte[]>> claimed = new HashMap<>();
    for (long unit = first; unit <= last; unit++) {
      Units.Key key = key(object, unit);
      CompletableFuture<byte[]> mine = units.claim(key);
      CompletableFuture<byte[]> present = mine == null ? units.get(key) : mine;
      if (present == null) {
        unit--;
        continue;
      }
      if (mine != null) {
        claimed.put(unit, mine);
      }
      found.add(present);
    }
    fetch(object, claimed, true, fresh);
    if (kitchen.workers().closed()) {
      stop();
    }
    return found;
  }

  private void ahead(OpenObject object, long first, long last) {
    Layout layout = object.layout();
    int stripe = layout.k();
    long target;
    synchronized (readAhead) {
      long now = System.nanoTime();
      target = readAhead.read(object.descriptor().object(), first, last, stripe, now);
    }
    long end = Math.min(layout.units(), Run.aheadEnd(stripe, last, target));
    Map<Long, CompletableFuture<byte[]>> claimed = new HashMap<>();
    for (long unit = last + 1; unit < end; unit++) {
      CompletableFuture<byte[]> mine = units.claim(key(object, unit));
      if (mine != null) {
        claimed.put(unit, mine);
      }
    }
    try {
      fetch(object, claimed, false, false);
    } catch (ObjectFailure e) {
      System.getLogger(RangeReader.class.getName())
          .log(System.Logger.Level.DEBUG, "not read ahead: {0}", e.getMessage());
    }
  }

  /** Fetches claimed units; each promise is kept or broken, whatever happens. */
  private void fetch(
      OpenObject object,
      Map<Long, CompletableFuture<byte[]>> claimed,
      boolean needed,
      boolean fresh)
      throws ObjectFailure {
    List<Run> runs = Run.of(object.layout(), claimed.keySet().stream().sorted().toList());
    try {
      for (Run run : runs) {
        start(object, run, claimed, needed, fresh);
      }
    } catch (ObjectFailure | RuntimeException e) {
      claimed.forEach((unit, promise) -> units.failed(key(object, unit), promise, e));
      throw e;
    }
  }

  private void start(
      OpenObject object,
      Run run,
      Map<Long, CompletableFuture<byte[]>> claimed,
      boolean needed,
      boolean fresh)
      throws ObjectFailure {
    PlacementRecord placement = objects.placement(object.descriptor(), run.segment(), fresh);
    int most = Math.max(object.layout().k(), run.wanted().length);
    int cost = Math.min(PERMITS, run.stripes() * most);
    Map<Long, CompletableFuture<byte[]>> mine = ofRun(object.layout(), run, claimed);
    if (!acquire(cost, needed) || kitchen.workers().closed()) {
      ObjectFailure busy =
          kitchen.workers().closed()
              ? stopped(object.label())
              : new ObjectFailure(Problem.NOT_READY, object.label() + ": too many readers at once");
      mine.forEach((unit, promise) -> units.failed(key(object, unit), promise, busy));
      return;
    }
    new Fetch(kitchen, object, placement, run)
        .start()
        .whenComplete(
            (plain, failure) -> {
              permits.release(cost);
              settle(object, mine, plain == null ? unit -> null : plain::get, failure);
            });
  }

  private static Map<Long, CompletableFuture<byte[]>> ofRun(
      Layout layout, Run run, Map<Long, CompletableFuture<byte[]>> claimed) {
    Map<Long, CompletableFuture<byte[]>> mine = new HashMap<>();
    for (int stripe = 0; stripe < run.stripes(); stripe++) {
      for (int index : run.wanted()) {
        long unit = layout.unitAt(run.segment(), run.firstStripe() + stripe, index);
        mine.put(unit, claimed.get(unit));
      }
    }
    return mine;
  }

  private void settle(
      OpenObject object,
      Map<Long, CompletableFuture<byte[]>> mine,
      LongFunction<byte[]> plain,
      Throwable failure) {
    mine.forEach(
        (unit, promise) -> {
          if (failure == null) {
            units.done(key(object, unit), promise, plain.apply(unit));
          } else {
            units.failed(key(object, unit), promise, failure);
          }
        });
  }

  private boolean acquire(int cost, boolean needed) {
    try {
      return needed
          ? permits.tryAcquire(cost, LONGEST, TimeUnit.NANOSECONDS)
          : permits.tryAcquire(cost);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private byte[] await(OpenObject object, CompletableFuture<byte[]> unit) throws ObjectFailure {
    try {
      return unit.get(LONGEST, TimeUnit.NANOSECONDS);
    } catch (ExecutionException | CancellationException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      if (cause instanceof ObjectFailure) {
        ObjectFailure failure = (ObjectFailure) cause;
        throw new ObjectFailure(failure.problem(), failure.getMessage(), failure);
      }
      throw new ObjectFailure(Problem.NOT_READY, object.label() + ": " + cause, cause);
    } catch (TimeoutException e) {
      throw new ObjectFailure(
          Problem.TOO_FEW_PIECES, object.label() + ": its holders did not answer in time", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectFailure(Problem.NOT_READY, object.label() + ": interrupted", e);
    }
  }

  private static Units.Key key(OpenObject object, long unit) {
    return new Units.Key(object.descriptor().object(), unit);
  }
}
