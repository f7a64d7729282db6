package tv.hearth.objects.put;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import tv.hearth.api.transfer.PieceTransfer.PutReply;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.core.Layout;
import tv.hearth.objects.core.PutRules;
import tv.hearth.objects.core.Troubles;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.io.Remote;
import tv.hearth.support.record.PutGrant;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * Gives each holder its chunks in order, at its own pace. A holder that fails before it took
 * anything is replaced by a spare; one that fails later is given up. Its state is the segment's
 * {@link Lanes}, and guarded by them.
 */
final class Sender {
  private final PutKitchen kitchen;
  private final PutTarget target;
  private final int segment;
  private final Lanes lanes;
  private final Receipts receipts;
  private final LongConsumer arrived;

  Sender(
      PutKitchen kitchen, PutTarget target, int segment, Lanes lanes, LongConsumer arrivedStripes) {
    this.kitchen = kitchen;
    this.target = target;
    this.segment = segment;
    this.lanes = lanes;
    this.receipts = new Receipts(kitchen.services(), kitchen.authority());
    this.arrived = arrivedStripes;
  }

  /** A batch for all holders that are left. */
  void send(Batch batch) {
    synchronized (lanes) {
      List<Lane> sending = lanes.sending();
      lanes.moved(System.nanoTime());
      batch.need(sending.size(), lanes.lastMove());
      if (sending.isEmpty()) {
        lanes.free().add(batch);
        return;
      }
      lanes.flight().add(batch);
      for (Lane lane : sending) {
        lane.queue().add(batch);
        if (lane.idle()) {
          sendNext(lane);
        }
      }
    }
  }

  private void sendNext(Lane lane) {
    Batch batch = lane.queue().peek();
    if (batch == null || lanes.ended() || lane.state() != Lane.State.SENDING) {
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
    synchronized (lanes) {
      if (lanes.ended() || lane.running() != call || lane.state() != Lane.State.SENDING) {
        return;
      }
      if (failure != null) {
        trouble(lane, Remote.reason(failure));
      } else if (reply.written() < end) {
        lanes
            .troubles()
            .add(
                lane.holder(),
                new TransferException(
                    Problem.PROTOCOL, "wrote " + reply.written() + " bytes of " + end));
        giveUp(lane, true);
      } else {
        lane.arrived();
        last = end == target.layout().pieceLength(segment);
        release(lane.queue().poll(), true);
        sendNext(lane);
      }
      lanes.moved(System.nanoTime());
      lanes.notifyAll();
    }
    if (last) {
      accept(lane, reply.receipt().orElse(new byte[0]));
    }
  }

  /** Takes a receipt for a lane's piece, or gives the holder up. */
  void accept(Lane lane, byte[] signed) {
    long length = target.layout().pieceLength(segment);
    var fault = receipts.fault(signed, lane.holder(), piece(lane), length, lane.root());
    synchronized (lanes) {
      if (fault.isPresent()) {
        kitchen.health().lied(lane.holder(), System.nanoTime());
        lanes.troubles().add(lane.holder(), new TransferException(Problem.PROTOCOL, fault.get()));
        lane.lose();
        kitchen.meters().add(Count.PUT_HOLDERS_LOST);
      } else {
        lane.stored(Bytes.of(signed));
      }
      lanes.notifyAll();
    }
  }

  private void trouble(Lane lane, TransferException why) {
    int attempts = lane.failed();
    lanes.troubles().add(lane.holder(), why);
    if (Troubles.isSilence(why)) {
      kitchen.health().failed(lane.holder(), System.nanoTime());
    }
    long pause = PutRules.retryAfter(why.problem(), lane.began(), attempts);
    if (pause < 0) {
      giveUp(lane, true);
    } else {
      lane.rest();
      BoxId holder = lane.holder();
      kitchen.workers().after(pause, () -> resume(lane, holder));
    }
  }

  private void resume(Lane lane, BoxId holder) {
    synchronized (lanes) {
      if (!lane.holder().equals(holder)) {
        return; // another holder took its place meanwhile, and the pause was not for that one
      }
      lane.rested();
      if (lane.idle()) {
        sendNext(lane);
      }
    }
  }

  /** Another box from the beginning, if none of it is gone; else the piece is made again later. */
  void giveUp(Lane lane, boolean replace) {
    kitchen.meters().add(Count.PUT_HOLDERS_LOST);
    lane.lose();
    BoxId spare = replace && !lane.began() ? lanes.spares().poll() : null;
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
      lanes.move(lane, spare, grant(lane.index(), spare));
      return true;
    } catch (ObjectFailure e) {
      lanes.fail(e);
      return false;
    }
  }

  private void release(Batch batch, boolean stored) {
    if (batch.release(stored, System.nanoTime())) {
      lanes.flight().remove(batch);
      lanes.free().add(batch);
      arrived.accept(batch.stripes());
    }
  }

  /** Leave for a box to hold one piece. */
  byte[] grant(int index, BoxId holder) throws ObjectFailure {
    byte[] grant = target.grant(segment, index, holder).encode();
    return kitchen.authority().sign(target.shelf(), PutGrant.TYPE, grant);
  }

  PieceId piece(Lane lane) {
    return new PieceId(target.object(), segment, lane.index());
  }
}
