package tv.hearth.objects.put;

import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import tv.hearth.api.placement.PlacementPolicy;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.objects.machine.PutAction;
import tv.hearth.objects.machine.PutMachine;
import tv.hearth.objects.machine.PutPlan;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/**
 * One segment on its way to its holders, as the putting thread sees it: it fills batches and hands
 * them over, waits until they are stored, and makes lost pieces again. Who gets what when is for a
 * {@link PutMachine} to say, which a {@link PutLoop} runs.
 */
final class SegmentPut {
  private static final long TURN = TimeUnit.MILLISECONDS.toNanos(200);
  private final PutKitchen kitchen;
  private final PutTarget target;
  private final Leaves leaves;
  private final PutLoop loop;
  private final SegmentRepair repair;
  private final HomeCopy home;
  private final Runnable unwatch;
  private CompletableFuture<Void> hashing = CompletableFuture.completedFuture(null);

  /**
   * Who has the pieces of a stored segment. Lists are by index; where nobody has a piece, its
   * receipt is empty.
   *
   * @param spares boxes that were not needed
   * @param stored how many pieces are stored
   */
  record Pieces(
      List<BoxId> holders,
      List<BoxId> spares,
      List<Bytes> roots,
      List<Bytes> receipts,
      int stored) {}

  SegmentPut(
      PutKitchen kitchen,
      PutTarget target,
      int segment,
      PlacementPolicy.Group group,
      PutShape shape,
      Deque<Batch> free,
      LongConsumer arrivedStripes) {
    this.kitchen = kitchen;
    this.target = target;
    int stripes = target.layout().stripes(segment);
    PutPlan plan =
        new PutPlan(
            segment,
            target.shape(),
            group.holders(),
            group.spares(),
            stripes,
            shape.stripes(),
            shape.batches());
    Sender sender = new Sender(kitchen, target, segment);
    this.leaves = new Leaves(target.shape().n(), stripes);
    this.loop = new PutLoop(kitchen, target.label(), plan, sender, leaves, free, arrivedStripes);
    this.repair = new SegmentRepair(kitchen, target, stripes, sender, leaves);
    this.home = target.atHome() ? new HomeCopy(kitchen.services(), target, segment) : null;
    this.unwatch = kitchen.workers().whenClosed(loop::wake);
  }

  /** A batch to fill; waits for one, bounded. */
  Batch take() throws ObjectFailure {
    Batch batch = loop.buffer();
    while (batch == null) {
      turn(loop::hasBuffer);
      batch = loop.buffer();
    }
    return batch;
  }

  /** Hands a filled batch over: hashed, then sent, in order. */
  void submit(Batch batch) {
    hashing = hashing.thenRunAsync(() -> hashAndSend(batch), kitchen.workers());
  }

  private void hashAndSend(Batch batch) {
    try {
      leaves.hash(batch);
      if (home != null) {
        home.write(batch);
      }
      loop.send(batch);
    } catch (ObjectFailure e) {
      loop.fail(e);
    } catch (RuntimeException e) {
      loop.fail(new ObjectFailure(Problem.NOT_READY, target.label() + ": " + e, e));
    }
  }

  /**
   * Waits until enough holders have their piece, and makes lost ones again meanwhile.
   *
   * @param betweenTurns run again and again meanwhile, without any lock
   */
  void settle(Runnable betweenTurns) throws ObjectFailure {
    while (!loop.read(PutMachine::isOver)) {
      turn(() -> false);
      betweenTurns.run();
      remake();
    }
    loop.check();
    if (home != null) {
      home.commit();
    }
  }

  private void remake() throws ObjectFailure {
    PutAction.Remake lost = loop.remake();
    if (lost != null) {
      repair.make(lost, loop);
    }
  }

  /** One bounded wait. */
  private void turn(BooleanSupplier enough) throws ObjectFailure {
    requireOpen();
    try {
      loop.pause(TURN, () -> kitchen.workers().closed() || enough.getAsBoolean());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ObjectFailure(Problem.NOT_READY, target.label() + ": interrupted", e);
    }
    requireOpen();
    loop.happen(PutMachine::tick);
    loop.check();
  }

  private void requireOpen() throws ObjectFailure {
    if (kitchen.workers().closed()) {
      loop.happen((all, now) -> all.closing());
      loop.check();
    }
  }

  /** What became of the pieces. */
  Pieces pieces() {
    int n = target.shape().n();
    List<Bytes> receipts = IntStream.range(0, n).mapToObj(loop::receipt).toList();
    return new Pieces(
        loop.read(PutMachine::holders),
        loop.read(PutMachine::spares),
        IntStream.range(0, n).mapToObj(leaves::root).toList(),
        receipts,
        (int) receipts.stream().filter(each -> each.length() > 0).count());
  }

  /** Every box that may have got something of this segment. */
  Set<BoxId> touched() {
    return loop.read(PutMachine::touched);
  }

  /** Nobody waits for it any more. */
  void over() {
    unwatch.run();
    loop.over();
  }

  /** Ends what is under way; whatever arrives later is ignored. */
  void cancel() {
    loop.happen((all, now) -> all.closing());
    if (home != null) {
      home.abort();
    }
  }
}
