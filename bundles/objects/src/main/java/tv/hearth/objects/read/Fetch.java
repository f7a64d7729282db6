package tv.hearth.objects.read;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import tv.hearth.api.cipher.ObjectCipher;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.core.HolderHealth;
import tv.hearth.objects.core.Race;
import tv.hearth.objects.core.Run;
import tv.hearth.objects.core.Troubles;
import tv.hearth.objects.io.ObjectMeters.Count;
import tv.hearth.objects.io.Remote;
import tv.hearth.support.record.PlacementRecord;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/**
 * One race for the units of a run: asks holders as {@link Race} says and hands the winners' units
 * to {@link Assembly}. All of its state is guarded by itself.
 */
final class Fetch {
  private static final long UPDATE = TimeUnit.SECONDS.toNanos(30);
  private static final long RESTART = TimeUnit.SECONDS.toNanos(2);
  private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(400);
  private final Kitchen kitchen;
  private final OpenObject object;
  private final PlacementRecord placement;
  private final Run run;
  private final Race race;
  private final long[] patience;
  private final int begunWith;
  private final long begun = System.nanoTime();
  private final Troubles troubles = new Troubles();
  private final Map<Integer, byte[]> answers = new HashMap<>();
  private final Map<Integer, CompletableFuture<byte[]>> asked = new HashMap<>();
  private final CompletableFuture<Map<Long, byte[]>> result = new CompletableFuture<>();
  private final Set<Integer> late = new HashSet<>();
  private Runnable cancelTick = () -> {};
  private TransferException lastReason;
  private boolean ended;

  Fetch(Kitchen kitchen, OpenObject object, PlacementRecord placement, Run run) {
    this.kitchen = kitchen;
    this.object = object;
    this.placement = placement;
    this.run = run;
    int n = object.descriptor().n();
    long now = System.nanoTime();
    int[] order = kitchen.order(object, placement, now);
    boolean[] shunned = new boolean[n];
    patience = new long[n];
    for (int i = 0; i < n; i++) {
      shunned[i] =
          (kitchen.health().standing(placement.holders().get(i), now) >= HolderHealth.AWAITED
                  || kitchen.source().lacks(id(i), now))
              && !atHome(i);
      patience[i] = kitchen.health().patience(placement.holders().get(i), run.stripes(), now);
      kitchen.boxes().probe(placement.holders().get(i));
    }
    this.race = new Race(object.layout().k(), n, run.wanted(), order, shunned, patience);
    this.begunWith = run.wanted().length;
  }

  /** Starts; the result maps ciphertext unit numbers to plaintext, or fails with ObjectFailure. */
  CompletableFuture<Map<Long, byte[]>> start() {
    synchronized (this) {
      go(race.start(System.nanoTime()));
    }
    return result;
  }

  private void go(List<Integer> more) {
    for (int index : more) {
      if (asked.size() >= begunWith) {
        kitchen.meters().add(Count.READ_HEDGES);
      }
      if (!here(index)) {
        kitchen.health().asked(placement.holders().get(index), System.nanoTime() + patience[index]);
      }
      CompletableFuture<byte[]> answer = ask(index);
      asked.put(index, answer);
      answer.whenComplete((units, failure) -> answered(index, units, failure));
    }
    advance();
  }

  private PieceId id(int index) {
    return new PieceId(object.descriptor().object(), run.segment(), index);
  }

  private CompletableFuture<byte[]> ask(int index) {
    PieceSource.Piece piece =
        new PieceSource.Piece(
            id(index),
            placement.holders().get(index),
            placement.pieceRoots().get(index),
            object.layout().stripes(run.segment()),
            atHome(index));
    return kitchen.source().units(piece, run.firstStripe(), run.stripes(), object.traffic());
  }

  /** True where it is read from this box, of which no answer is awaited. */
  private boolean here(int index) {
    return atHome(index) || placement.holders().get(index).equals(kitchen.self());
  }

  private boolean atHome(int index) {
    return object.home() && index < object.layout().k() && kitchen.owns(object);
  }

  private synchronized void answered(int index, byte[] units, Throwable failure) {
    if (ended) {
      return;
    }
    long now = System.nanoTime();
    if (failure == null) {
      answers.put(index, units);
      go(race.good(index, now));
    } else {
      TransferException reason = Remote.reason(failure);
      troubles.add(placement.holders().get(index), reason);
      lastReason = reason;
      go(mayPass(reason, now) ? rest(index, now) : race.bad(index, now));
    }
  }

  /** Busy and updated boxes are waited for as long as the request allows, silent ones shortly. */
  private boolean mayPass(TransferException reason, long now) {
    long age = now - begun;
    return Troubles.passes(reason) && age < UPDATE || Troubles.isSilence(reason) && age < RESTART;
  }

  private List<Integer> rest(int index, long now) {
    kitchen.workers().after(PAUSE, () -> again(index));
    return race.rest(index, now);
  }

  private synchronized void again(int index) {
    if (!ended) {
      go(race.again(index, System.nanoTime()));
    }
  }

  private synchronized void tick() {
    if (!ended) {
      noteLate();
      go(race.tick(System.nanoTime()));
    }
  }

  private void advance() {
    if (ended) {
      return;
    }
    cancelTick.run();
    cancelTick = () -> {};
    switch (race.outcome()) {
      case RUNNING:
        long wake = race.wakeIn(System.nanoTime());
        if (wake >= 0) {
          cancelTick = kitchen.workers().after(wake, this::tick);
        }
        break;
      case FAILED:
        end();
        result.completeExceptionally(tooFew());
        break;
      default:
        end();
        kitchen.workers().execute(this::assemble);
    }
  }

  private void end() {
    ended = true;
    noteLate();
    asked.forEach(this::withdraw);
  }

  /**
   * Cancels a request that is not needed any more. One to a box of which nothing is known is left
   * to its time: its answer or its silence tells the next stripe whether to ask that box.
   */
  private void withdraw(int index, CompletableFuture<byte[]> answer) {
    BoxId box = placement.holders().get(index);
    boolean open = !answer.isDone() && !late.contains(index) && !here(index);
    if (open && !kitchen.health().heard(box, System.nanoTime())) {
      Runnable cancelEnd = kitchen.workers().after(patience[index], () -> giveUp(box, answer));
      answer.whenComplete((units, failure) -> cancelEnd.run());
      return;
    }
    if (open) {
      kitchen.health().withdrawn(box);
    }
    answer.cancel(true);
  }

  private void giveUp(BoxId box, CompletableFuture<byte[]> answer) {
    if (!answer.isDone()) {
      kitchen.health().failed(box, System.nanoTime());
      answer.cancel(true);
    }
  }

  /** Whoever is late is left out by others at once, until it answers; and once by each race. */
  private void noteLate() {
    long now = System.nanoTime();
    for (int index : race.late(now)) {
      if (late.add(index) && !here(index)) {
        kitchen.health().failed(placement.holders().get(index), now);
      }
    }
  }

  private void assemble() {
    try {
      int[] present = race.good();
      if (race.outcome() == Race.Outcome.RESTORE) {
        kitchen.meters().add(Count.READ_RESTORES);
      }
      Map<Long, byte[]> opened =
          new Assembly(kitchen.services(), object, run).open(present, answers);
      for (int index : present) {
        BoxId from = atHome(index) ? kitchen.self() : placement.holders().get(index);
        kitchen.sources().add(from, (long) run.stripes() * ObjectCipher.UNIT);
      }
      result.complete(opened);
    } catch (ObjectFailure | RuntimeException e) {
      result.completeExceptionally(e);
    }
  }

  private ObjectFailure tooFew() {
    long placed =
        IntStream.range(0, placement.holders().size())
            .filter(i -> placement.receipts().get(i).length() > 0)
            .count();
    return new ObjectFailure(
        Problem.TOO_FEW_PIECES,
        object.label()
            + " can't be read now: its segment "
            + run.segment()
            + " needs "
            + object.layout().k()
            + " of the "
            + placed
            + " pieces that are placed, and "
            + race.good().length
            + " came: "
            + troubles.advice(),
        lastReason);
  }
}
