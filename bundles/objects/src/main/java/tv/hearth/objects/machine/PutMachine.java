package tv.hearth.objects.machine;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.objects.machine.PutLane.State;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/**
 * Decides how one segment gets to its holders. Each takes its chunks in order, one at a time, as
 * far behind the fastest as there are buffers. Who fails before it took anything is replaced by a
 * spare; who fails later, or lags while the others suffice and somebody waits for a buffer, is
 * given up, and its piece is made again from the stored ones at the end.
 *
 * <p>Each event brings the time, in nanoseconds that only grow, and returns what is to be done;
 * answers that come twice, late or after the end change nothing. Not thread-safe.
 */
public final class PutMachine {
  private final PutPlan plan;
  private final PutRules rules;
  private final PutLanes lanes;
  private final PutSending sending;
  private long lastMove;
  private boolean over;

  /** A put that has not begun. */
  public PutMachine(PutPlan plan, PutRules rules, long now) {
    this.plan = plan;
    this.rules = rules;
    this.lanes = new PutLanes(plan.holders(), plan.spares());
    this.sending = new PutSending(plan, rules, lanes);
    this.lastMove = now;
  }

  /** The next batch, counted from 0, can be sent. */
  public List<PutAction> batchReady(long now) {
    return on(
        () -> {
          sending.batchReady(now);
          lastMove = now;
        });
  }

  /** A holder answered that it has so many bytes of its piece. */
  public List<PutAction> written(long call, long bytes, long now) {
    return answered(call, now, lane -> sending.written(lane, bytes, now));
  }

  /** A holder did not take a chunk. */
  public List<PutAction> failed(long call, TransferException why, long now) {
    return answered(call, now, lane -> sending.failed(lane, why, now));
  }

  /** What a holder signed for its piece, sent or made again, is right. */
  public List<PutAction> receiptGood(int index, BoxId holder, long now) {
    return signed(index, holder, now, lane -> lane.become(State.STORED));
  }

  /** What a holder signed for its piece is not right; {@code fault} says why. */
  public List<PutAction> receiptBad(int index, BoxId holder, String fault, long now) {
    var why = new TransferException(TransferException.Problem.PROTOCOL, fault);
    return signed(
        index,
        holder,
        now,
        lane -> {
          sending.add(new PutAction.Lied(holder));
          sending.troubles().add(holder, why);
          sending.lose(lane, why.problem());
        });
  }

  /** A lost piece could not be made again, or not be given to that box. */
  public List<PutAction> remakeFailed(int index, BoxId holder, TransferException why, long now) {
    return on(
        () -> {
          if (lanes.get(index).awaits(State.REMAKING, holder)) {
            sending.troubles().add(holder, why);
            lanes.get(index).become(State.LOST);
            lastMove = now;
          }
        });
  }

  /** Time went by. */
  public List<PutAction> tick(long now) {
    return on(
        () -> {
          sending.resume(now);
          if (sending.lagsFor(now) == 0) {
            sending.dropLaggards(now);
          }
          if (standsFor(now) == 0) {
            String advice = sending.troubles().advice();
            fail(Problem.TOO_FEW_BOXES, "no holder took a byte for too long: " + advice);
          }
        });
  }

  /** Nobody wants it any more, or whoever carries the actions out is being stopped. */
  public List<PutAction> closing() {
    return on(() -> fail(Problem.NOT_READY, "the bundle objects is being stopped: try again"));
  }

  /** When {@link #tick} will have something to say: nanoseconds from {@code now}; −1 for never. */
  public long wakeIn(long now) {
    if (over) {
      return -1;
    }
    long least = sooner(sending.lagsFor(now), standsFor(now));
    for (PutLane lane : lanes.all()) {
      least = sooner(least, lane.restsFor(now));
    }
    return least;
  }

  private static long sooner(long one, long other) {
    return one < 0 || other >= 0 && other < one ? other : one;
  }

  /** False where a call's answer is not awaited any more: it need not be made. */
  public boolean awaits(long call) {
    return !over && lanes.calling(call).isPresent();
  }

  /** True once it is stored or failed. */
  public boolean isOver() {
    return over;
  }

  /** Who has each piece, or had it last before it was lost, by index. */
  public List<BoxId> holders() {
    return lanes.all().stream().map(PutLane::holder).toList();
  }

  /** Boxes that were not needed, best first. */
  public List<BoxId> spares() {
    return List.copyOf(lanes.spares());
  }

  /** Every box that may have got something. */
  public Set<BoxId> touched() {
    return Set.copyOf(lanes.touched());
  }

  private List<PutAction> on(Runnable event) {
    if (!over) {
      event.run();
    }
    if (!over) {
      goOn();
    }
    return sending.taken();
  }

  private List<PutAction> answered(long call, long now, Consumer<PutLane> event) {
    Optional<PutLane> lane = lanes.calling(call);
    return on(
        () ->
            lane.ifPresent(
                each -> {
                  each.answered();
                  event.accept(each);
                  lastMove = now;
                }));
  }

  private List<PutAction> signed(int index, BoxId holder, long now, Consumer<PutLane> event) {
    PutLane lane = lanes.get(index);
    return on(
        () -> {
          if (lane.awaits(State.SIGNING, holder) || lane.awaits(State.REMAKING, holder)) {
            event.accept(lane);
            lastMove = now;
          }
        });
  }

  /** How long it may still take until something moves; −1: nobody owes anything. */
  private long standsFor(long now) {
    boolean isOwed = sending.isUnderWay() || lanes.count(State.SIGNING) > 0;
    return isOwed ? Math.max(0, PutRules.STANDSTILL + 1 - (now - lastMove)) : -1;
  }

  /** What follows from any event: free buffers, lost hope, lost pieces, the end. */
  private void goOn() {
    sending.free();
    int alive = lanes.alive();
    boolean isSent =
        sending.isAllReady() && lanes.count(State.SENDING) + lanes.count(State.SIGNING) == 0;
    if (!isSent && !rules.hope(alive, lanes.spares().size())) {
      tooFew("only " + alive + " of " + plan.shape().n() + " holders take segment ", "");
    } else if (isSent && lanes.count(State.REMAKING) == 0) {
      lanes.lost().filter(lane -> canRemake()).ifPresentOrElse(this::remake, this::end);
    }
  }

  private boolean canRemake() {
    int stored = lanes.count(State.STORED);
    int spares = lanes.spares().size();
    return spares > 0 && rules.restores(stored) && rules.hope(stored, spares);
  }

  private void remake(PutLane lane) {
    lanes.move(lane, State.REMAKING);
    sending.add(new PutAction.Remake(lane.index(), lane.holder(), lanes.sources()));
  }

  private void end() {
    int stored = lanes.count(State.STORED);
    if (rules.acknowledged(stored)) {
      over = true;
      sending.add(new PutAction.Stored(stored));
    } else {
      tooFew("only " + stored + " pieces of segment ", " are stored");
    }
  }

  private void tooFew(String before, String after) {
    fail(
        sending.troubles().problem(Problem.TOO_FEW_BOXES),
        before
            + plan.segment()
            + after
            + ", "
            + plan.shape().ack()
            + " are needed: "
            + sending.troubles().advice());
  }

  private void fail(Problem problem, String text) {
    sending.cancelAll();
    over = true;
    sending.add(new PutAction.Fail(problem, text));
  }
}
