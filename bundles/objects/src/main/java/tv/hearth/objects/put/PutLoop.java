package tv.hearth.objects.put;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.LongConsumer;
import tv.hearth.api.transfer.PieceTransfer.PutReply;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.machine.PutAction;
import tv.hearth.objects.machine.PutMachine;
import tv.hearth.objects.machine.PutPlan;
import tv.hearth.objects.machine.PutRules;
import tv.hearth.objects.machine.RetrySchedule;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/**
 * Runs one segment's {@link PutMachine}: brings it what happens and the time, one event after the
 * other, and carries out what it says, without its lock. Thread-safe.
 */
final class PutLoop {
  private static final byte[] NOTHING = new byte[0];
  private final PutKitchen kitchen;
  private final String label;
  private final PutPlan plan;
  private final Sender sender;
  private final Leaves leaves;
  private final LongConsumer arrivedStripes;
  private final Map<Long, CompletableFuture<?>> running = new ConcurrentHashMap<>();
  private final Object lock = new Object();
  // all below is guarded by the lock
  private final PutMachine machine;
  private final Deque<Batch> free;
  private final Map<Integer, Batch> flying = new HashMap<>();
  private final Map<Integer, Bytes> receipts = new HashMap<>();
  private final Deque<PutAction.Remake> remakes = new ArrayDeque<>();
  private ObjectFailure failure;
  private Runnable timer;
  private long timerAt;

  /** Something that happened. */
  @FunctionalInterface
  interface Event {
    List<PutAction> on(PutMachine machine, long now);
  }

  PutLoop(
      PutKitchen kitchen,
      String label,
      PutPlan plan,
      Sender sender,
      Leaves leaves,
      Deque<Batch> free,
      LongConsumer arrivedStripes) {
    this.kitchen = kitchen;
    this.label = label;
    this.plan = plan;
    this.sender = sender;
    this.leaves = leaves;
    this.free = free;
    this.arrivedStripes = arrivedStripes;
    PutRules rules = new PutRules(plan.shape(), RetrySchedule.USUAL);
    this.machine = new PutMachine(plan, rules, System.nanoTime());
  }

  /** Takes an event in, and does what follows from it. */
  void happen(Event event) {
    happen(event, NOTHING);
  }

  /** As above; {@code signed}: what came with the event for the piece. */
  private void happen(Event event, byte[] signed) {
    List<PutAction> actions;
    synchronized (lock) {
      long now = System.nanoTime();
      actions = event.on(machine, now);
      actions.forEach(this::note);
      arm(now);
      if (!actions.isEmpty()) {
        lock.notifyAll();
      }
    }
    actions.forEach(action -> carryOut(action, signed));
  }

  private void note(PutAction action) {
    if (action instanceof PutAction.Free landed) {
      free.add(flying.remove(landed.batch()));
      arrivedStripes.accept(landed.stripes());
    } else if (action instanceof PutAction.Remake remake) {
      remakes.add(remake);
    } else if (action instanceof PutAction.Fail fail && failure == null) {
      failure = new ObjectFailure(fail.problem(), label + ": " + fail.text());
    }
  }

  private void arm(long now) {
    long wake = machine.wakeIn(now);
    if (wake < 0 || timer != null && timerAt - (now + wake) <= 0) {
      return; // a timer that rings too early does no harm
    }
    disarm();
    long at = now + wake;
    timerAt = at;
    timer = kitchen.workers().after(wake, () -> ring(at));
  }

  private void ring(long at) {
    happen(
        (all, now) -> {
          timer = timerAt == at ? null : timer;
          return all.tick(now);
        });
  }

  private void disarm() {
    if (timer != null) {
      timer.run();
      timer = null;
    }
  }

  private void carryOut(PutAction action, byte[] signed) {
    try {
      if (action instanceof PutAction.Send send) {
        send(send);
      } else if (action instanceof PutAction.Cancel cancel) {
        cancel(cancel.call());
      } else if (action instanceof PutAction.WantReceipt want) {
        judge(want.lane(), want.holder(), signed);
      } else if (action instanceof PutAction.Suspect suspect) {
        kitchen.health().failed(suspect.holder(), System.nanoTime());
      } else if (action instanceof PutAction.Lied lied) {
        kitchen.health().lied(lied.holder(), System.nanoTime());
      } else if (action instanceof PutAction.GivenUp) {
        kitchen.meters().add(Count.PUT_HOLDERS_LOST);
      }
    } catch (ObjectFailure e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new ObjectFailure(Problem.NOT_READY, label + ": " + e, e));
    }
  }

  private void send(PutAction.Send send) throws ObjectFailure {
    Batch batch = wanted(send);
    if (batch == null) {
      return;
    }
    CompletableFuture<PutReply> call =
        sender.put(send.lane(), send.holder(), plan.offset(send.batch()), batch.chunk(send.lane()));
    running.put(send.call(), call);
    call.whenComplete((reply, why) -> answered(send.call(), reply, why));
    if (wanted(send) == null) {
      cancel(send.call()); // another thread was told to, but had nothing to cancel yet
    }
  }

  /** What to send; null where nobody waits for it any more. */
  private Batch wanted(PutAction.Send send) {
    return read(all -> all.awaits(send.call()) ? flying.get(send.batch()) : null);
  }

  private void cancel(long id) {
    CompletableFuture<?> call = running.remove(id);
    if (call != null) {
      call.cancel(true);
    }
  }

  private void answered(long id, PutReply reply, Throwable why) {
    running.remove(id);
    if (why != null) {
      TransferException reason = Remote.reason(why);
      happen((all, now) -> all.failed(id, reason, now));
    } else {
      byte[] signed = reply.receipt().orElse(NOTHING);
      happen((all, now) -> all.written(id, reply.written(), now), signed);
    }
  }

  /** Holds a holder to its word; false where it broke it. */
  boolean judge(int lane, BoxId holder, byte[] signed) throws ObjectFailure {
    String fault = sender.fault(lane, holder, leaves.root(lane), signed).orElse("");
    happen(
        (all, now) -> {
          if (!fault.isEmpty()) {
            return all.receiptBad(lane, holder, fault, now);
          }
          receipts.put(lane, Bytes.of(signed));
          return all.receiptGood(lane, holder, now);
        });
    return fault.isEmpty();
  }

  /** A batch that is hashed: to all holders that are left. */
  void send(Batch batch) {
    happen(
        (all, now) -> {
          flying.put(batch.firstStripe() / plan.batch(), batch);
          return all.batchReady(now);
        });
  }

  /** The segment can't be stored; the first reason counts. */
  void fail(ObjectFailure why) {
    synchronized (lock) {
      failure = failure == null ? why : failure;
      lock.notifyAll();
    }
    happen((all, now) -> all.closing());
  }

  /** Throws what it failed with. */
  void check() throws ObjectFailure {
    synchronized (lock) {
      if (failure != null) {
        throw failure;
      }
    }
  }

  /** A buffer to fill; null where there is none now. */
  Batch buffer() {
    return read(all -> free.poll());
  }

  /** True where a buffer can be filled. */
  boolean hasBuffer() {
    return read(all -> !free.isEmpty());
  }

  /** A piece to be made again; null where there is none now. */
  PutAction.Remake remake() {
    return read(all -> remakes.poll());
  }

  /** Asks the machine, or for what is guarded with it. */
  <T> T read(Function<PutMachine, T> question) {
    synchronized (lock) {
      return question.apply(machine);
    }
  }

  /** Waits, bounded, until something happens; not at all where it is over or {@code enough}. */
  void pause(long nanos, BooleanSupplier enough) throws InterruptedException {
    synchronized (lock) {
      if (!machine.isOver() && remakes.isEmpty() && !enough.getAsBoolean()) {
        TimeUnit.NANOSECONDS.timedWait(lock, nanos);
      }
    }
  }

  /** Whoever waits looks again. */
  void wake() {
    synchronized (lock) {
      lock.notifyAll();
    }
  }

  /** A piece's receipt; empty where nobody has it. */
  Bytes receipt(int index) {
    return read(all -> receipts.getOrDefault(index, Bytes.of(NOTHING)));
  }

  /** Nobody waits for it any more: no timer rings. */
  void over() {
    synchronized (lock) {
      disarm();
    }
  }
}
