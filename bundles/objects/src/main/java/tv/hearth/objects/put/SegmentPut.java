package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.core.PutRules;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/**
 * One segment on its way to its holders. One thread fills batches and hands them over; a {@link
 * Sender} gives each holder its chunks, as far behind the fastest as there are batches. Who lags is
 * given up, and its piece is made again at the end.
 */
final class SegmentPut {
  private static final TransferException SLOW =
      new TransferException(TransferException.Problem.TIMEOUT, "much slower than the others");
  private static final long TURN = TimeUnit.MILLISECONDS.toNanos(200);
  private final PutKitchen kitchen;
  private final PutTarget target;
  private final int segment;
  private final Lanes lanes;
  private final Sender sender;
  private final HomeCopy home;
  private final PutRules rules;
  private final Runnable unwatch;
  private CompletableFuture<Void> hashing = CompletableFuture.completedFuture(null);

  SegmentPut(
      PutKitchen kitchen,
      PutTarget target,
      int segment,
      PlacementPolicy.Group group,
      Deque<Batch> free,
      LongConsumer arrivedStripes)
      throws ObjectFailure {
    this.kitchen = kitchen;
    this.target = target;
    this.segment = segment;
    this.lanes = new Lanes(group.spares(), free);
    this.sender = new Sender(kitchen, target, segment, lanes, arrivedStripes);
    this.home = target.atHome() ? new HomeCopy(kitchen.services(), target, segment) : null;
    this.rules = new PutRules(target.shape());
    int units = target.layout().stripes(segment);
    for (BoxId holder : group.holders()) {
      int index = lanes.all().size();
      lanes.add(new Lane(index, holder, sender.grant(index, holder), units));
    }
    this.unwatch = kitchen.workers().whenClosed(this::wake);
  }

  private void wake() {
    synchronized (lanes) {
      lanes.notifyAll();
    }
  }

  /** A batch to fill; waits for one, bounded. */
  Batch take() throws ObjectFailure {
    synchronized (lanes) {
      while (lanes.free().isEmpty()) {
        turn();
      }
      return lanes.free().poll();
    }
  }

  /** Hands a filled batch over: hashed, then sent, in order. */
  void submit(Batch batch) {
    hashing = hashing.thenRunAsync(() -> hashAndSend(batch), kitchen.workers());
  }

  private void hashAndSend(Batch batch) {
    try {
      lanes.all().forEach(lane -> hash(lane, batch));
      if (home != null) {
        home.write(batch);
      }
      sender.send(batch);
    } catch (ObjectFailure e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new ObjectFailure(Problem.NOT_READY, target.label() + ": " + e, e));
    }
  }

  private static void hash(Lane lane, Batch batch) {
    ByteBuffer chunk = batch.chunk(lane.index());
    for (int i = 0; i < batch.stripes(); i++) {
      ByteBuffer unit = chunk.slice(i * Layout.UNIT, Layout.UNIT);
      lane.leaf(batch.firstStripe() + i, Merkle.UNITS.leaf(unit));
    }
  }

  private void fail(ObjectFailure why) {
    synchronized (lanes) {
      lanes.fail(why);
    }
  }

  /**
   * Waits until every holder has its piece or was given up.
   *
   * @param betweenTurns run again and again meanwhile, without any lock
   */
  void settle(Runnable betweenTurns) throws ObjectFailure {
    while (!settled()) {
      betweenTurns.run();
    }
    if (home != null) {
      home.commit();
    }
  }

  private boolean settled() throws ObjectFailure {
    synchronized (lanes) {
      lanes.check();
      if (hashing.isDone() && lanes.sending().isEmpty()) {
        return true;
      }
      turn();
      return false;
    }
  }

  /** One bounded wait; then looks after laggards and hopeless cases. */
  private void turn() throws ObjectFailure {
    requireOpen();
    try {
      TimeUnit.NANOSECONDS.timedWait(lanes, TURN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectFailure(Problem.NOT_READY, target.label() + ": interrupted", e);
    }
    requireOpen();
    lanes.check();
    long now = System.nanoTime();
    dropLaggards(now);
    requireHope(now);
  }

  private void requireOpen() throws ObjectFailure {
    if (kitchen.workers().closed()) {
      throw new ObjectFailure(
          Problem.NOT_READY, target.label() + ": the bundle objects is being stopped: try again");
    }
  }

  private void dropLaggards(long now) {
    Batch oldest = lanes.flight().peek();
    if (oldest != null && rules.lags(lanes.alive(), oldest.needed(), oldest.waits(now))) {
      List.copyOf(lanes.all()).stream()
          .filter(lane -> lane.queue().contains(oldest))
          .forEach(
              lane -> {
                lanes.troubles().add(lane.holder(), SLOW);
                sender.giveUp(lane, false);
              });
    }
  }

  private void requireHope(long now) throws ObjectFailure {
    if (!rules.hope(lanes.alive(), lanes.spares().size())) {
      throw new ObjectFailure(
          lanes.troubles().problem(Problem.TOO_FEW_BOXES),
          target.label()
              + ": only "
              + lanes.alive()
              + " of "
              + target.shape().n()
              + " holders take segment "
              + segment
              + ", "
              + target.shape().ack()
              + " are needed: "
              + lanes.troubles().advice());
    }
    if (now - lanes.lastMove() > PutRules.STANDSTILL) {
      throw new ObjectFailure(
          Problem.TOO_FEW_BOXES,
          target.label() + ": no holder took a byte for too long: " + lanes.troubles().advice());
    }
  }

  /** The pieces, by index. */
  List<Lane> lanes() {
    return lanes.all();
  }

  /** Boxes that may take a lost piece. */
  Deque<BoxId> spares() {
    return lanes.spares();
  }

  /** Every box that may have got something of this segment. */
  Set<BoxId> touched() {
    synchronized (lanes) {
      return new HashSet<>(lanes.touched());
    }
  }

  /** Nobody waits for it any more. */
  void over() {
    unwatch.run();
  }

  /** Ends what is under way; whatever arrives later is ignored. */
  void cancel() {
    synchronized (lanes) {
      lanes.end();
    }
    if (home != null) {
      home.abort();
    }
  }

  /** Takes a receipt for a lane's piece, or gives the holder up. */
  void accept(Lane lane, byte[] signed) {
    sender.accept(lane, signed);
  }

  /** A holder did not take a piece that was made again. */
  void failed(Lane lane, TransferException why) {
    synchronized (lanes) {
      lanes.troubles().add(lane.holder(), why);
      lane.failed();
    }
  }

  /** Gives a lost piece to another box. */
  void move(Lane lane, BoxId spare) throws ObjectFailure {
    byte[] grant = sender.grant(lane.index(), spare);
    synchronized (lanes) {
      lanes.move(lane, spare, grant);
    }
  }

  PieceId piece(Lane lane) {
    return sender.piece(lane);
  }

  /** Why boxes did not take their pieces, and what can be done. */
  String advice() {
    synchronized (lanes) {
      return lanes.troubles().advice();
    }
  }

  /** NO_ROOM where nothing else was wrong. */
  Problem problem() {
    synchronized (lanes) {
      return lanes.troubles().problem(Problem.TOO_FEW_BOXES);
    }
  }
}
