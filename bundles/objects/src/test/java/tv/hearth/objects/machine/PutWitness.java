package tv.hearth.objects.machine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;

/**
 * Looks at what a {@link PutMachine} is told and what it says, keeps its own account of it, and
 * throws {@link AssertionError} where the two can't both be right. Its figures are the promises,
 * not the machine's.
 */
final class PutWitness {
  private static final long LONGEST_PAUSE = TimeUnit.SECONDS.toNanos(2);
  private static final long LAG = TimeUnit.SECONDS.toNanos(2);
  private static final long STANDSTILL = TimeUnit.SECONDS.toNanos(120);
  private static final int PATIENT_TIMES = 10;
  private final PutPlan plan;
  private final List<Lane> lanes = new ArrayList<>();
  private final Map<Long, PutAction.Send> calls = new HashMap<>();
  private final Set<BoxId> used = new HashSet<>();
  private final List<Long> readyAt = new ArrayList<>();
  private final List<Long> releasedAt = new ArrayList<>();
  private int freed;
  private long movedAt;
  private boolean closing;
  private PutAction end;

  /** A piece, as far as can be told from outside. */
  private static final class Lane {
    private BoxId holder;
    private int taken;
    private long call = -1;
    private int failures;
    private long idleSince;
    private boolean lost;
    private boolean remaking;
    private boolean stored;

    boolean sends(PutPlan plan) {
      return !lost && !remaking && !stored && taken < plan.batches();
    }
  }

  PutWitness(PutPlan plan, long now) {
    this.plan = plan;
    this.movedAt = now;
    for (BoxId holder : plan.holders()) {
      Lane lane = new Lane();
      lane.holder = holder;
      lanes.add(lane);
      used.add(holder);
    }
  }

  static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** How it ended. */
  PutAction end() {
    return end;
  }

  /** True where it was closed before it ended by itself. */
  boolean isClosed() {
    return closing;
  }

  List<PutAction> ready(long now, List<PutAction> said) {
    if (end == null) {
      readyAt.add(now);
      releasedAt.add(now);
      movedAt = now;
      lanes.stream()
          .filter(lane -> lane.taken == readyAt.size() - 1)
          .forEach(lane -> lane.idleSince = now);
    }
    return said(now, said);
  }

  List<PutAction> written(long now, long call, long bytes, List<PutAction> said) {
    Lane lane = ended(call, now, said);
    if (lane != null) {
      boolean whole = bytes >= plan.end(lane.taken);
      require(whole || givenUp(said).contains(lanes.indexOf(lane)), "took a short write for whole");
      if (whole) {
        releasedAt.set(lane.taken, now);
        lane.taken++;
        lane.failures = 0;
      }
    }
    return said(now, said);
  }

  List<PutAction> failed(long now, long call, Problem why, List<PutAction> said) {
    Lane lane = ended(call, now, said);
    if (lane != null) {
      lane.failures++;
      boolean passes = why == Problem.BUSY || why == Problem.NOT_READY;
      boolean givenUp = givenUp(said).contains(lanes.indexOf(lane));
      require(
          !givenUp || !passes || lane.failures > PATIENT_TIMES,
          "gave up who was only busy, after " + lane.failures);
      require(givenUp || lane.failures <= PATIENT_TIMES, "waits for who never will");
    }
    return said(now, said);
  }

  List<PutAction> signed(long now, int index, BoxId holder, boolean good, List<PutAction> said) {
    Lane lane = lanes.get(index);
    if (end == null && good && !lane.lost && lane.holder.equals(holder)) {
      lane.stored = true;
      lane.remaking = false;
      movedAt = now;
    } else if (end == null && !lane.stored && lane.holder.equals(holder)) {
      require(lane.lost || givenUp(said).contains(index), "keeps a liar");
      movedAt = now;
    }
    return said(now, said);
  }

  List<PutAction> remakeFailed(long now, int index, List<PutAction> said) {
    if (end == null) {
      lanes.get(index).remaking = false;
      lanes.get(index).lost = true;
    }
    return said(now, said);
  }

  List<PutAction> ticked(long now, List<PutAction> said) {
    List<Integer> laggards = givenUp(said);
    int left = alive() - laggards.size();
    require(
        laggards.isEmpty() || left >= plan.shape().ack(),
        "gave laggards up though the others don't suffice");
    return said(now, said);
  }

  void closed(long now, List<PutAction> said) {
    closing = closing || end == null;
    said(now, said);
  }

  /** Between events: nobody is forgotten. */
  void look(long now, PutMachine machine) {
    if (end != null) {
      return;
    }
    for (Lane lane : lanes) {
      boolean owed = lane.sends(plan) && lane.taken < readyAt.size() && lane.call < 0;
      require(
          !owed || now - lane.idleSince <= LONGEST_PAUSE,
          "forgot " + lane.holder + " for " + (now - lane.idleSince));
    }
    boolean waited = readyAt.size() - freed >= plan.buffers() || readyAt.size() == plan.batches();
    int lacking = lacking(freed);
    if (freed < readyAt.size() && waited && alive() - lacking >= plan.shape().ack()) {
      long took = releasedAt.get(freed) - readyAt.get(freed);
      long since = now - releasedAt.get(freed);
      require(
          since <= Math.max(LAG, 3 * took) || machine.wakeIn(now) == 0,
          "still waits for laggards after " + since);
    }
  }

  private Lane ended(long call, long now, List<PutAction> said) {
    PutAction.Send send = calls.remove(call);
    if (send == null || end != null) {
      require(said.isEmpty(), "minds an answer that is late, or there already: " + said);
      return null;
    }
    Lane lane = lanes.get(send.lane());
    lane.call = -1;
    lane.idleSince = now;
    movedAt = now;
    return lane;
  }

  private static List<Integer> givenUp(List<PutAction> said) {
    return said.stream()
        .filter(each -> each instanceof PutAction.GivenUp)
        .map(each -> ((PutAction.GivenUp) each).lane())
        .toList();
  }

  private int alive() {
    return (int) lanes.stream().filter(lane -> !lane.lost).count();
  }

  private int stored() {
    return (int) lanes.stream().filter(lane -> lane.stored).count();
  }

  private int lacking(int batch) {
    return (int) lanes.stream().filter(lane -> lane.sends(plan) && lane.taken <= batch).count();
  }

  private List<PutAction> said(long now, List<PutAction> actions) {
    require(end == null || actions.isEmpty(), "says more after the end: " + actions);
    for (PutAction action : actions) {
      require(end == null, "says more after the end: " + action);
      if (action instanceof PutAction.Send send) {
        send(now, send);
      } else if (action instanceof PutAction.Cancel cancel) {
        require(calls.containsKey(cancel.call()), "cancels what is over");
        lanes.get(calls.remove(cancel.call()).lane()).call = -1;
      } else if (action instanceof PutAction.GivenUp givenUp) {
        lose(now, lanes.get(givenUp.lane()), givenUp);
      } else if (action instanceof PutAction.Free free) {
        require(free.batch() == freed++, "frees batch " + free.batch() + " out of turn");
        require(free.stripes() == plan.stripes(free.batch()), "counts stripes wrongly");
        require(lacking(free.batch()) == 0, "frees what is lacking");
      } else if (action instanceof PutAction.WantReceipt want) {
        require(lanes.get(want.lane()).taken == plan.batches(), "asks for a receipt too early");
      } else if (action instanceof PutAction.Remake remake) {
        remake(lanes.get(remake.lane()), remake);
      } else if (action instanceof PutAction.Stored || action instanceof PutAction.Fail) {
        ends(now, action);
      }
    }
    return actions;
  }

  private void send(long now, PutAction.Send send) {
    Lane lane = lanes.get(send.lane());
    if (lane.lost) {
      require(lane.taken == 0, "another holder goes on in the middle of a piece");
      take(lane, send.holder());
      lane.lost = false;
      lane.idleSince = now;
    }
    require(lane.holder.equals(send.holder()), "sends to who does not hold the piece");
    require(lane.call < 0, "two chunks to one holder at a time");
    require(send.batch() == lane.taken && send.batch() < readyAt.size(), "chunks out of order");
    require(calls.put(send.call(), send) == null, "one id for two calls");
    lane.call = send.call();
  }

  private void lose(long now, Lane lane, PutAction.GivenUp givenUp) {
    require(lane.holder.equals(givenUp.holder()) && !lane.lost, "gives up who is not there");
    lane.lost = true;
    lane.remaking = false;
    lane.failures = 0;
    for (int i = lane.taken; i < readyAt.size(); i++) {
      releasedAt.set(i, now);
    }
  }

  private void remake(Lane lane, PutAction.Remake remake) {
    require(lane.lost, "makes again what is not lost");
    require(lanes.stream().noneMatch(each -> each.sends(plan)), "makes again in the middle");
    require(
        remake.sources().size() == stored() && stored() >= plan.shape().k(),
        "makes again from too few");
    take(lane, remake.holder());
    lane.lost = false;
    lane.remaking = true;
  }

  private void take(Lane lane, BoxId spare) {
    require(plan.spares().contains(spare) && used.add(spare), "a box for two pieces");
    lane.holder = spare;
  }

  private void ends(long now, PutAction action) {
    end = action;
    if (action instanceof PutAction.Stored done) {
      require(stored() == done.pieces(), "counts stored pieces wrongly");
      require(stored() >= plan.shape().ack(), "acknowledged with " + stored());
      require(freed == plan.batches(), "stored with batches under way");
      return;
    }
    int spares = plan.holders().size() + plan.spares().size() - used.size();
    boolean hope =
        alive() >= plan.shape().ack()
            || alive() >= plan.shape().k() && alive() + spares >= plan.shape().ack();
    require(
        closing || !hope || now - movedAt > STANDSTILL,
        "gave the put up while there was hope: " + action);
    require(!((PutAction.Fail) action).text().isEmpty(), "failed without a word");
  }
}
