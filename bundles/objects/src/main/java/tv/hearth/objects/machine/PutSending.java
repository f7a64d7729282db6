package tv.hearth.objects.machine;

import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.objects.core.Troubles;
import tv.hearth.objects.machine.PutLane.State;

/**
 * How the chunks of a segment travel: in order at each holder, what follows on an answer, who is
 * replaced or given up. Part of a {@link PutMachine}, which says when it is over.
 */
final class PutSending {
  private static final TransferException SLOW =
      new TransferException(Problem.TIMEOUT, "much slower than the others");
  private final PutPlan plan;
  private final PutRules rules;
  private final PutLanes lanes;
  private final PutFlight flight = new PutFlight();
  private final Troubles troubles = new Troubles();
  private final List<PutAction> actions = new ArrayList<>();
  private long calls;

  PutSending(PutPlan plan, PutRules rules, PutLanes lanes) {
    this.plan = plan;
    this.rules = rules;
    this.lanes = lanes;
  }

  /** What is to be done since this was asked last. */
  List<PutAction> taken() {
    List<PutAction> taken = List.copyOf(actions);
    actions.clear();
    return taken;
  }

  void add(PutAction action) {
    actions.add(action);
  }

  /** Why boxes did not take, or keep, what they were given. */
  Troubles troubles() {
    return troubles;
  }

  /** True once the last batch could be sent. */
  boolean isAllReady() {
    return flight.ready() == plan.batches();
  }

  /** True while some lack a batch. */
  boolean isUnderWay() {
    return flight.size() > 0;
  }

  void batchReady(long now) {
    if (isAllReady()) {
      throw new IllegalStateException("the segment has no more than " + plan.batches());
    }
    flight.add(now);
    lanes.all().forEach(this::sendNext);
  }

  /** Its holder has so many bytes. */
  void written(PutLane lane, long bytes, long now) {
    long end = plan.end(lane.taken());
    if (bytes < end) {
      var why = new TransferException(Problem.PROTOCOL, "wrote " + bytes + " bytes of " + end);
      troubles.add(lane.holder(), why);
      replace(lane, why.problem(), now);
      return;
    }
    flight.release(lane.taken(), now);
    lane.took();
    if (lane.taken() == plan.batches()) {
      lane.become(State.SIGNING);
      add(new PutAction.WantReceipt(lane.index(), lane.holder()));
    }
    sendNext(lane);
  }

  /** Its holder did not take the chunk. */
  void failed(PutLane lane, TransferException why, long now) {
    troubles.add(lane.holder(), why);
    if (Troubles.isSilence(why)) {
      add(new PutAction.Suspect(lane.holder()));
    }
    long pause = rules.retries().after(why.problem(), lane.began(), lane.failed());
    if (pause == RetrySchedule.NEVER) {
      replace(lane, why.problem(), now);
    } else {
      lane.rest(now + pause);
    }
  }

  /** Pauses that are over. */
  void resume(long now) {
    for (PutLane lane : lanes.all()) {
      if (lane.restsFor(now) == 0) {
        lane.rested();
        sendNext(lane);
      }
    }
  }

  /** Those who lack the oldest batch are given up. */
  void dropLaggards(long now) {
    int oldest = flight.oldest();
    for (PutLane lane : lanes.all()) {
      if (lane.lacks(oldest)) {
        troubles.add(lane.holder(), SLOW);
        giveUp(lane, SLOW.problem(), now);
      }
    }
  }

  /** How long those who lack the oldest batch are waited for; −1: nobody waits for them. */
  long lagsFor(long now) {
    boolean isWaited = flight.size() >= plan.buffers() || isAllReady();
    if (!isUnderWay()
        || !isWaited
        || !rules.suffice(lanes.alive(), lanes.lacking(flight.oldest()))) {
      return -1;
    }
    return Math.max(0, rules.patience(flight.took()) + 1 - flight.since(now));
  }

  /** Buffers of batches that nobody lacks any more. */
  void free() {
    flight.land(
        batch -> lanes.lacking(batch) > 0,
        batch -> add(new PutAction.Free(batch, plan.stripes(batch))));
  }

  /** The holder does not get any more of its piece. */
  void lose(PutLane lane, Problem why) {
    add(new PutAction.GivenUp(lane.index(), lane.holder(), why));
    cancel(lane);
    lane.become(State.LOST);
  }

  void cancelAll() {
    lanes.all().forEach(this::cancel);
  }

  private void cancel(PutLane lane) {
    if (lane.call() != PutLane.NONE) {
      add(new PutAction.Cancel(lane.call()));
    }
  }

  private void sendNext(PutLane lane) {
    if (lane.isIdle() && lane.lacks(flight.ready() - 1)) {
      lane.asked(++calls);
      add(new PutAction.Send(calls, lane.index(), lane.holder(), lane.taken()));
    }
  }

  /** Another box from the beginning, if none of it is gone; else the piece is made again later. */
  private void replace(PutLane lane, Problem why, long now) {
    if (lane.began() || lanes.spares().isEmpty()) {
      giveUp(lane, why, now);
      return;
    }
    lose(lane, why);
    lanes.move(lane, State.SENDING);
    sendNext(lane);
  }

  private void giveUp(PutLane lane, Problem why, long now) {
    for (int batch = lane.taken(); batch < flight.ready(); batch++) {
      flight.release(batch, now);
    }
    lose(lane, why);
  }
}
