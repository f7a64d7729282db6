package tv.hearth.objects.machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.objects.core.CodeShape;

/**
 * One put by a machine under virtual time, with holders that fail in every way and answers that are
 * late, lost or come twice, and a {@link PutWitness} that looks at everything it says. All by one
 * seed.
 */
final class PutTrial {
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1000 * MILLI;
  private static final int MOST_STEPS = 200_000;
  private static final Problem[] PASSING = {Problem.BUSY, Problem.NOT_READY, Problem.STOPPED};
  private static final Problem[] FINAL = {
    Problem.NO_ROOM, Problem.REFUSED, Problem.DISK, Problem.UNREACHABLE, Problem.TIMEOUT
  };

  /** How a holder behaves. */
  private enum Manner {
    GOOD,
    SLOW,
    SILENT,
    BUSY,
    REFUSING,
    DYING,
    SHORT,
    LYING,
    FLAKY
  }

  /** What a rule set makes of a plan; a test puts a wrong one here. */
  @FunctionalInterface
  interface Rules {
    PutRules of(CodeShape shape);
  }

  private record Due(long at, long order, Runnable what) implements Comparable<Due> {
    @Override
    public int compareTo(Due other) {
      int byTime = Long.compare(at, other.at);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final SplittableRandom random;
  private final PutPlan plan;
  private final PutMachine machine;
  private final PutWitness witness;
  private final PriorityQueue<Due> dues = new PriorityQueue<>();
  private final List<BoxId> boxes = new ArrayList<>();
  private final List<Manner> manners = new ArrayList<>();
  private final int badness;
  private long now;
  private long order;
  private int free;
  private int filled;

  private PutTrial(long seed, Rules rules) {
    random = new SplittableRandom(seed);
    now = random.nextLong(-SECOND, Long.MAX_VALUE / 2);
    badness = random.nextInt(5);
    int k = 1 + random.nextInt(6);
    int n = k + 1 + random.nextInt(8);
    CodeShape shape = new CodeShape(k, n, k + 1 + random.nextInt(n - k));
    int spares = random.nextInt(3) == 0 ? 0 : random.nextInt(6);
    for (int i = 0; i < n + spares; i++) {
      boxes.add(box(i));
      boolean bad = random.nextInt(5) < badness;
      manners.add(bad ? Manner.values()[random.nextInt(Manner.values().length)] : Manner.GOOD);
    }
    int buffers = 1 + random.nextInt(4);
    int stripes = 1 + random.nextInt(20);
    plan =
        new PutPlan(
            0,
            shape,
            boxes.subList(0, n),
            boxes.subList(n, n + spares),
            stripes,
            1 + random.nextInt(4),
            buffers);
    machine = new PutMachine(plan, rules.of(shape), now);
    witness = new PutWitness(plan, now);
    free = buffers;
  }

  /** Runs one; throws {@link AssertionError} where something that must not be was seen. */
  static PutWitness run(long seed, Rules rules) {
    PutTrial trial = new PutTrial(seed, rules);
    trial.run();
    return trial.witness;
  }

  static BoxId box(int number) {
    char[] digits = new char[32];
    Arrays.fill(digits, 'a');
    digits[30] = (char) ('a' + number / 26);
    digits[31] = (char) ('a' + number % 26);
    return new BoxId(new String(digits));
  }

  /** True where every box of it did as it was told. */
  static boolean isSound(long seed, Rules rules) {
    return new PutTrial(seed, rules).manners.stream().allMatch(each -> each == Manner.GOOD);
  }

  private void run() {
    later(0, this::fill);
    if (random.nextInt(20) == 0) {
      later(random.nextLong(20 * SECOND), () -> witness.closed(now, machine.closing()));
    }
    for (int steps = 0; !machine.isOver(); steps++) {
      PutWitness.require(steps < MOST_STEPS, "does not end");
      step();
      witness.look(now, machine);
    }
    for (int i = 0; i < 20 && !dues.isEmpty(); i++) {
      now = Math.max(now, dues.peek().at());
      dues.poll().what().run(); // what comes after the end changes nothing
    }
    tell(witness.ticked(now, machine.tick(now)));
    PutWitness.require(machine.wakeIn(now) == -1, "wants to be woken after the end");
  }

  private void step() {
    long wake = machine.wakeIn(now);
    PutWitness.require(wake >= 0 || !dues.isEmpty(), "waits for nothing at " + now);
    boolean early = random.nextInt(10) == 0;
    if (wake >= 0 && (dues.isEmpty() || now + wake <= dues.peek().at())) {
      now += wake;
      tell(witness.ticked(now, machine.tick(now)));
      PutWitness.require(machine.wakeIn(now) != 0, "a tick did not do what it was for");
      return;
    }
    now = dues.peek().at();
    if (early) {
      tell(witness.ticked(now, machine.tick(now)));
    }
    dues.poll().what().run();
  }

  private void later(long nanos, Runnable what) {
    dues.add(new Due(now + nanos, order++, what));
  }

  private void fill() {
    if (free > 0 && filled < plan.batches() && !machine.isOver()) {
      free--;
      filled++;
      tell(witness.ready(now, machine.batchReady(now)));
      later(random.nextLong(random.nextInt(8) == 0 ? 150 * SECOND : 50 * MILLI), this::fill);
    }
  }

  private void tell(List<PutAction> actions) {
    for (PutAction action : actions) {
      if (action instanceof PutAction.Send send) {
        answer(send);
      } else if (action instanceof PutAction.Free) {
        free++;
        later(random.nextLong(MILLI), this::fill);
      } else if (action instanceof PutAction.WantReceipt want) {
        later(random.nextLong(5 * MILLI), () -> sign(want.lane(), want.holder()));
      } else if (action instanceof PutAction.Remake remake) {
        remake(remake);
      }
    }
  }

  private Manner manner(BoxId box) {
    return manners.get(boxes.indexOf(box));
  }

  private void answer(PutAction.Send send) {
    long end = plan.end(send.batch());
    long soon = random.nextLong(300 * MILLI);
    switch (manner(send.holder())) {
      case GOOD -> write(send, end, soon);
      case SLOW -> write(send, end, random.nextLong(30 * SECOND));
      case SILENT -> fail(send, Problem.TIMEOUT, random.nextBoolean() ? 60 * SECOND : -1);
      case BUSY -> maybe(send, end, PASSING[random.nextInt(PASSING.length)], 2);
      case REFUSING -> fail(send, FINAL[random.nextInt(FINAL.length)], soon);
      case DYING -> maybe(send, end, FINAL[random.nextInt(FINAL.length)], 4);
      case SHORT -> write(send, random.nextBoolean() ? end : end - 1, soon);
      case FLAKY -> {
        if (random.nextInt(4) > 0) {
          write(send, end, soon);
        }
        if (random.nextBoolean()) {
          fail(send, Problem.values()[random.nextInt(Problem.values().length)], 2 * soon);
        }
      }
      default -> write(send, end, soon);
    }
  }

  private void maybe(PutAction.Send send, long end, Problem problem, int oneIn) {
    long soon = random.nextLong(300 * MILLI);
    if (random.nextInt(oneIn) == 0) {
      fail(send, problem, soon);
    } else {
      write(send, end, soon);
    }
  }

  private void write(PutAction.Send send, long bytes, long after) {
    Runnable answer =
        () ->
            tell(
                witness.written(now, send.call(), bytes, machine.written(send.call(), bytes, now)));
    later(after, answer);
    if (random.nextInt(20) == 0) {
      later(after + random.nextLong(SECOND), answer);
    }
  }

  private void fail(PutAction.Send send, Problem problem, long after) {
    if (after >= 0) {
      TransferException why = new TransferException(problem, "as drawn");
      later(
          after,
          () ->
              tell(
                  witness.failed(
                      now, send.call(), problem, machine.failed(send.call(), why, now))));
    }
  }

  private void sign(int lane, BoxId holder) {
    boolean lies = manner(holder) == Manner.LYING;
    for (int times = random.nextInt(10) == 0 ? 2 : 1; times > 0; times--) {
      tell(
          witness.signed(
              now,
              lane,
              holder,
              !lies,
              lies
                  ? machine.receiptBad(lane, holder, "something else", now)
                  : machine.receiptGood(lane, holder, now)));
    }
  }

  private void remake(PutAction.Remake remake) {
    boolean fails = random.nextInt(4) == 0 || manner(remake.holder()) == Manner.REFUSING;
    TransferException why = new TransferException(Problem.NO_ROOM, "as drawn");
    later(
        random.nextLong(10 * SECOND),
        () -> {
          if (fails) {
            tell(
                witness.remakeFailed(
                    now,
                    remake.lane(),
                    machine.remakeFailed(remake.lane(), remake.holder(), why, now)));
          } else {
            sign(remake.lane(), remake.holder());
          }
        });
  }
}
