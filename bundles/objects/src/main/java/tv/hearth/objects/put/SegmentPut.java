package tv.hearth.objects.put;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.transfer.PieceTransfer.PutReply;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.core.PutRules;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.io.Remote;
import tv.hearth.support.merkle.Merkle;
import tv.hearth.support.record.PutGrant;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/**
 * One segment on its way to its holders. One thread fills batches and hands them over; each holder
 * takes its chunks in order at its own pace, as far behind the fastest as there are batches. A
 * holder that fails before it took anything is replaced by a spare; one that fails or lags later is
 * given up, and its piece is made again at the end. All state is guarded by this object.
 */
final class SegmentPut {
  private static final long TURN = TimeUnit.MILLISECONDS.toNanos(200);
  private final PutKitchen kitchen;
  private final PutTarget target;
  private final int segment;
  private final List<Lane> lanes = new ArrayList<>();
  private final Deque<BoxId> spares;
  private final Set<BoxId> touched = new HashSet<>();
  private final Deque<Batch> free;
  private final Deque<Batch> flight = new ArrayDeque<>();
  private final Receipts receipts;
  private final HomeCopy home;
  private final LongConsumer arrived;
  private final PutRules rules;
  private CompletableFuture<Void> hashing = CompletableFuture.completedFuture(null);
  private ObjectFailure broken;
  private boolean ended;
  private long lastMove = System.nanoTime();

  SegmentPut(
      PutKitchen kitchen,
      PutTarget target,
      int segment,
      PlacementPolicy.Group group,
      Deque<Batch> free,
      LongConsumer arrived)
      throws ObjectFailure {
    this.kitchen = kitchen;
    this.target = target;
    this.segment = segment;
    this.free = free;
    this.arrived = arrived;
    this.spares = new ArrayDeque<>(group.spares());
    this.receipts = new Receipts(kitchen.services(), kitchen.authority());
    this.home = target.atHome() ? new HomeCopy(kitchen.services(), target, segment) : null;
    this.rules = new PutRules(target.shape());
    int units = target.layout().stripes(segment);
    for (BoxId holder : group.holders()) {
      lanes.add(new Lane(lanes.size(), holder, grant(lanes.size(), holder), units));
      touched.add(holder);
    }
  }

  /** A batch to fill; waits for one, bounded. */
  synchronized Batch take() throws ObjectFailure {
    while (free.isEmpty()) {
      turn();
    }
    return free.poll();
  }

  /** Gives a batch back unused. */
  synchronized void giveBack(Batch batch) {
    free.add(batch);
  }

  /** Hands a filled batch over: hashed, then sent, in order. */
  void submit(Batch batch) {
    hashing = hashing.thenRunAsync(() -> hashAndSend(batch), kitchen.workers());
  }

  /** Waits until every holder has its piece or was given up. */
  void settle() throws ObjectFailure {
    synchronized (this) {
      while (broken != null || !hashing.isDone() || !settled()) {
        turn();
      }
    }
    if (home != null) {
      home.commit();
    }
  }

  List<Lane> lanes() {
    return lanes;
  }

  synchronized Deque<BoxId> spares() {
    return spares;
  }

  /** Every box that may have got something of this segment. */
  synchronized Set<BoxId> touched() {
    return new HashSet<>(touched);
  }

  /** Ends what is under way; whatever arrives later is ignored. */
  void cancel() {
    synchronized (this) {
      ended = true;
      lanes.stream().filter(lane -> !lane.idle()).forEach(lane -> lane.running().cancel(true));
    }
    if (home != null) {
      home.abort();
    }
  }

  /** Leave for a box to hold one piece. */
  byte[] grant(int index, BoxId holder) throws ObjectFailure {
    PutGrant grant = target.grant(segment, index, holder);
    return kitchen.authority().sign(target.shelf(), PutGrant.TYPE, grant.encode());
  }

  /** Takes a receipt for a lane's piece, or gives the holder up. */
  void accept(Lane lane, byte[] signed) {
    var fault =
        receipts.fault(
            signed, lane.holder(), piece(lane), target.layout().pieceLength(segment), lane.root());
    synchronized (this) {
      if (fault.isPresent()) {
        kitchen.health().lied(lane.holder(), System.nanoTime());
        lane.lose(fault.get());
        kitchen.meters().add(Count.PUT_HOLDERS_LOST);
      } else {
        lane.stored(tv.hearth.api.value.Bytes.of(signed));
      }
      notifyAll();
    }
  }

  /** Gives a lost piece to another box. */
  synchronized void move(Lane lane, BoxId spare) throws ObjectFailure {
    lane.moveTo(spare, grant(lane.index(), spare));
    touched.add(spare);
  }

  PieceId piece(Lane lane) {
    return new PieceId(target.object(), segment, lane.index());
  }

  private boolean settled() {
    return lanes.stream().noneMatch(lane -> lane.state() == Lane.State.SENDING);
  }

  /** One bounded wait; then looks after laggards and hopeless cases. */
  private void turn() throws ObjectFailure {
    try {
      TimeUnit.NANOSECONDS.timedWait(this, TURN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectFailure(Problem.NOT_READY, target.label() + ": interrupted", e);
    }
    if (kitchen.workers().closed()) {
      throw new ObjectFailure(
          Problem.NOT_READY, target.label() + ": the bundle objects is being stopped: try again");
    }
    if (broken != null) {
      throw broken;
    }
    long now = System.nanoTime();
    Batch oldest = flight.peek();
    if (oldest != null && rules.lags(alive(), oldest.needed(), oldest.waits(now))) {
      List.copyOf(lanes).stream()
          .filter(lane -> lane.queue().contains(oldest))
          .forEach(lane -> giveUp(lane, lane.holder() + " is much slower than the others", false));
    }
    check(now);
  }

  private void check(long now) throws ObjectFailure {
    String trouble = trouble();
    if (!rules.hope(alive(), spares.size())) {
      throw new ObjectFailure(
          trouble.contains("room") ? Problem.NO_ROOM : Problem.TOO_FEW_BOXES,
          target.label()
              + ": only "
              + alive()
              + " of "
              + target.shape().n()
              + " holders take segment "
              + segment
              + ", "
              + target.shape().ack()
              + " are needed ("
              + trouble
              + "): switch more boxes on, or take a class with fewer pieces");
    }
    if (now - lastMove > PutRules.STANDSTILL) {
      throw new ObjectFailure(
          Problem.TOO_FEW_BOXES, target.label() + ": no holder took a byte for too long");
    }
  }

  String trouble() {
    return lanes.stream()
        .map(Lane::trouble)
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("no reason given");
  }

  private int alive() {
    return (int) lanes.stream().filter(lane -> lane.state() != Lane.State.LOST).count();
  }

  private void hashAndSend(Batch batch) {
    try {
      for (Lane lane : lanes) {
        ByteBuffer chunk = batch.chunk(lane.index());
        for (int i = 0; i < batch.stripes(); i++) {
          ByteBuffer unit = chunk.slice(i * Layout.UNIT, Layout.UNIT);
          lane.leaf(batch.firstStripe() + i, Merkle.UNITS.leaf(unit));
        }
      }
      if (home != null) {
        home.write(batch);
      }
      send(batch);
    } catch (ObjectFailure | RuntimeException e) {
      fail(e);
    }
  }

  private synchronized void fail(Exception e) {
    broken =
        e instanceof ObjectFailure
            ? (ObjectFailure) e
            : new ObjectFailure(Problem.NOT_READY, target.label() + ": " + e, e);
    notifyAll();
  }

  private synchronized void send(Batch batch) {
    List<Lane> sending = lanes.stream().filter(lane -> lane.state() == Lane.State.SENDING).toList();
    lastMove = System.nanoTime();
    batch.need(sending.size(), lastMove);
    if (sending.isEmpty()) {
      free.add(batch);
      return;
    }
    flight.add(batch);
    for (Lane lane : sending) {
      lane.queue().add(batch);
      if (lane.idle()) {
        sendNext(lane);
      }
    }
  }

  private void sendNext(Lane lane) {
    Batch batch = lane.queue().peek();
    if (batch == null || ended || lane.state() != Lane.State.SENDING) {
      return;
    }
    long offset = (long) batch.firstStripe() * Layout.UNIT;
    BoxId to = lane.holder();
    byte[] grant = lane.grant();
    PieceId piece = piece(lane);
    CompletableFuture<PutReply> call =
        kitchen
            .remote()
            .call(
                t -> t.put(to, piece, grant, offset, batch.chunk(lane.index()), target.traffic()));
    lane.run(call);
    long end = offset + (long) batch.stripes() * Layout.UNIT;
    call.whenComplete((reply, failure) -> answered(lane, call, end, reply, failure));
  }

  private void answered(
      Lane lane, CompletableFuture<?> call, long end, PutReply reply, Throwable failure) {
    boolean last = false;
    synchronized (this) {
      if (ended || lane.running() != call || lane.state() != Lane.State.SENDING) {
        return;
      }
      if (failure != null) {
        trouble(lane, Remote.reason(failure));
      } else if (reply.written() < end) {
        giveUp(lane, lane.holder() + " wrote " + reply.written() + " bytes of " + end, true);
      } else {
        lane.arrived();
        last = end == target.layout().pieceLength(segment);
        release(lane.queue().poll(), true);
        sendNext(lane);
      }
      lastMove = System.nanoTime();
      notifyAll();
    }
    if (last) {
      accept(lane, reply.receipt().orElse(new byte[0]));
    }
  }

  private void trouble(Lane lane, TransferException why) {
    int attempts = lane.failed(why.getMessage());
    if (why.problem() == TransferException.Problem.UNREACHABLE
        || why.problem() == TransferException.Problem.TIMEOUT) {
      kitchen.health().failed(lane.holder(), System.nanoTime());
    }
    long pause = PutRules.retryAfter(why.problem(), lane.began(), attempts);
    if (pause < 0) {
      giveUp(
          lane,
          why.problem() == TransferException.Problem.NO_ROOM
              ? "no room: " + why.getMessage()
              : why.getMessage(),
          true);
    } else {
      kitchen.workers().after(pause, () -> resume(lane));
    }
  }

  private synchronized void resume(Lane lane) {
    if (lane.idle()) {
      sendNext(lane);
    }
  }

  /** Another box from the beginning, if none of it is gone; else the piece is made again later. */
  private void giveUp(Lane lane, String why, boolean replace) {
    kitchen.meters().add(Count.PUT_HOLDERS_LOST);
    lane.lose(why);
    BoxId spare = replace && !lane.began() ? spares.poll() : null;
    if (spare != null && moved(lane, spare)) {
      sendNext(lane);
      return;
    }
    while (!lane.queue().isEmpty()) {
      release(lane.queue().poll(), false);
    }
  }

  private boolean moved(Lane lane, BoxId spare) {
    try {
      move(lane, spare);
      return true;
    } catch (ObjectFailure e) {
      broken = e;
      return false;
    }
  }

  private void release(Batch batch, boolean stored) {
    if (batch.release(stored, System.nanoTime())) {
      flight.remove(batch);
      free.add(batch);
      arrived.accept(batch.stripes());
    }
  }
}
