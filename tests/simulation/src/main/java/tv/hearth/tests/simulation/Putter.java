package tv.hearth.tests.simulation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.machine.PutAction;
import tv.hearth.objects.machine.PutMachine;
import tv.hearth.objects.machine.PutPlan;
import tv.hearth.objects.machine.PutRules;

/** Carries a put out, as the bundle's shell does: one segment, its batches, its holders. */
final class Putter {
  private static final long CODING = 2_000_000L;
  private final Timeline time;
  private final Network network;
  private final Holders holders;
  private final Box from;
  private final int life;
  private final ObjectId object;
  private final PutPlan plan;
  private final PutMachine machine;
  private final Consumer<String> end;
  private final Map<Long, Boolean> calls = new HashMap<>();
  private int made;
  private int inUse;
  private long wakesAt = Long.MAX_VALUE;

  /**
   * A put that has not begun.
   *
   * @param end told once: empty where it is stored, else why it is not
   */
  Putter(
      Timeline time,
      Network network,
      Holders holders,
      Box from,
      ObjectId object,
      PutPlan plan,
      PutRules rules,
      Consumer<String> end) {
    this.time = time;
    this.network = network;
    this.holders = holders;
    this.from = from;
    this.life = from.life;
    this.object = object;
    this.plan = plan;
    this.machine = new PutMachine(plan, rules, time.now());
    this.end = end;
  }

  void begin() {
    fill();
  }

  /** As the one thread that seals and codes: it goes on while there are buffers. */
  private void fill() {
    if (made < plan.batches() && inUse < plan.buffers() && isAlive()) {
      made++;
      inUse++;
      time.after(
          CODING,
          () -> {
            if (isAlive()) {
              carryOut(machine.batchReady(time.now()));
              fill();
            }
          });
    }
  }

  private boolean isAlive() {
    return from.life == life && !machine.isOver();
  }

  private void carryOut(List<PutAction> actions) {
    for (PutAction action : actions) {
      if (action instanceof PutAction.Send send) {
        send(send);
      } else if (action instanceof PutAction.Cancel cancel) {
        calls.remove(cancel.call());
      } else if (action instanceof PutAction.Free) {
        inUse--;
        time.after(0, this::fill);
      } else if (action instanceof PutAction.WantReceipt want) {
        sign(want.lane(), want.holder());
      } else if (action instanceof PutAction.Remake remake) {
        remake(remake);
      } else if (action instanceof PutAction.Stored) {
        end.accept("");
      } else if (action instanceof PutAction.Fail fail) {
        end.accept(fail.problem() + ": " + fail.text());
      }
    }
    wake();
  }

  private void wake() {
    long wait = machine.wakeIn(time.now());
    if (wait >= 0 && time.now() + wait < wakesAt) {
      wakesAt = time.now() + wait;
      time.after(
          wait,
          () -> {
            wakesAt = Long.MAX_VALUE;
            if (isAlive()) {
              carryOut(machine.tick(time.now()));
            }
          });
    }
  }

  private void send(PutAction.Send send) {
    calls.put(send.call(), true);
    PieceId piece = new PieceId(object, plan.segment(), send.lane());
    Holders.Chunk chunk =
        new Holders.Chunk(
            plan.offset(send.batch()), plan.end(send.batch()), send.batch() == plan.batches() - 1);
    network.call(
        from,
        holders.box(send.holder()),
        (Box box, Consumer<Holders.Reply> answer) -> holders.write(box, piece, chunk, answer),
        new Network.Caller<Holders.Reply>() {
          @Override
          public void answered(Holders.Reply reply) {
            hear(send.call(), reply);
          }

          @Override
          public void failed() {
            hear(send.call(), Holders.Reply.failed(TransferException.Problem.TIMEOUT));
          }
        });
  }

  private void hear(long call, Holders.Reply reply) {
    if (calls.remove(call) != null && from.life == life) {
      carryOut(
          reply.problem() == null
              ? machine.written(call, reply.written(), time.now())
              : machine.failed(
                  call, new TransferException(reply.problem(), "simulated"), time.now()));
    }
  }

  private void sign(int lane, BoxId holder) {
    PieceId piece = new PieceId(object, plan.segment(), lane);
    time.after(
        0,
        () -> {
          if (from.life == life) {
            carryOut(
                holders.box(holder).pieces.length(piece) == plan.end(plan.batches() - 1)
                    ? machine.receiptGood(lane, holder, time.now())
                    : machine.receiptBad(lane, holder, "no receipt", time.now()));
          }
        });
  }

  /** The piece comes from k that are stored: here it is enough that so many of them answer. */
  private void remake(PutAction.Remake remake) {
    PieceId piece = new PieceId(object, plan.segment(), remake.lane());
    Holders.Chunk whole = new Holders.Chunk(0, plan.end(plan.batches() - 1), true);
    network.call(
        from,
        holders.box(remake.holder()),
        (Box box, Consumer<Holders.Reply> answer) -> holders.write(box, piece, whole, answer),
        new Network.Caller<Holders.Reply>() {
          @Override
          public void answered(Holders.Reply reply) {
            if (from.life == life) {
              carryOut(
                  reply.problem() == null
                      ? machine.receiptGood(remake.lane(), remake.holder(), time.now())
                      : Putter.this.failed(remake, reply.problem()));
            }
          }

          @Override
          public void failed() {
            if (from.life == life) {
              carryOut(Putter.this.failed(remake, TransferException.Problem.TIMEOUT));
            }
          }
        });
  }

  private List<PutAction> failed(PutAction.Remake remake, TransferException.Problem problem) {
    TransferException why = new TransferException(problem, "simulated");
    return machine.remakeFailed(remake.lane(), remake.holder(), why, time.now());
  }
}
