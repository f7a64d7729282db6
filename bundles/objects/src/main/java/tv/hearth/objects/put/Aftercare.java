package tv.hearth.objects.put;

import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Replicas;
import tv.hearth.objects.io.Round;
import tv.hearth.objects.io.Workers;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.Tombstone;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.Shelf;

/**
 * What holders are told once a head committed or an object is gone: keep its pieces, or delete
 * them. Those that don't answer are told again, less and less often, for a day; at most {@value
 * #MOST} messages wait. Thread-safe.
 */
public final class Aftercare {
  private static final int MOST = 4096;
  private static final int ATTEMPTS = 14;
  private static final long FIRST = TimeUnit.SECONDS.toNanos(5);
  private static final long LONGEST = TimeUnit.HOURS.toNanos(3);
  private static final long ROUND = TimeUnit.SECONDS.toNanos(4);
  private static final long MORE = TimeUnit.MILLISECONDS.toNanos(500);
  private final Authority authority;
  private final Remote remote;
  private final Replicas replicas;
  private final Workers workers;
  private final AtomicInteger waiting = new AtomicInteger();

  /** Signs in the name of each shelf's writer. */
  public Aftercare(Authority authority, Remote remote, Replicas replicas, Workers workers) {
    this.authority = authority;
    this.remote = remote;
    this.replicas = replicas;
    this.workers = workers;
  }

  /** Pieces stay for good; returns once {@code need} holders know, or a few seconds went by. */
  public void keep(Shelf shelf, OwnerId owner, ObjectId object, Collection<BoxId> holders, int need)
      throws ObjectFailure {
    byte[] payload = new KeepRecord(owner, object, Instant.MAX).encode();
    byte[] signed = authority.sign(shelf, KeepRecord.TYPE, payload);
    tell(holders, need, (t, box) -> t.keep(box, signed));
  }

  /** Pieces, descriptor and placements go; those who are away are told later. */
  public void erase(Shelf shelf, OwnerId owner, ObjectId object, Collection<BoxId> holders)
      throws ObjectFailure {
    byte[] payload = new Tombstone(owner, object, Instant.now()).encode();
    byte[] signed = authority.sign(shelf, Tombstone.TYPE, payload);
    var key = Replicas.key(RecordKind.TOMBSTONE, owner, object.text());
    tell(replicas.of(object), 1, (t, box) -> t.putRecord(box, key, signed).thenApply(x -> 0));
    tell(holders, holders.size(), (t, box) -> t.delete(box, signed));
  }

  private void tell(
      Collection<BoxId> boxes,
      int need,
      BiFunction<PieceTransfer, BoxId, CompletableFuture<Integer>> message) {
    Round<Integer> round = new Round<>(boxes.size());
    boxes.forEach(box -> round.watch(box, remote.call(t -> message.apply(t, box))));
    var told = round.await(Math.min(need, boxes.size()), MORE, ROUND);
    Set<BoxId> left = new HashSet<>(boxes);
    told.forEach(answer -> left.remove(answer.box()));
    round.failures().stream()
        .filter(failure -> isFinal(failure.reason().problem()))
        .forEach(failure -> left.remove(failure.box()));
    left.forEach(box -> later(box, message, 1));
  }

  /** Telling again would change nothing. */
  private static boolean isFinal(Problem problem) {
    return problem == Problem.REFUSED
        || problem == Problem.NOT_FOUND
        || problem == Problem.NOT_MEMBER
        || problem == Problem.CONFLICT;
  }

  private void later(
      BoxId box,
      BiFunction<PieceTransfer, BoxId, CompletableFuture<Integer>> message,
      int attempt) {
    if (attempt > ATTEMPTS || waiting.incrementAndGet() > MOST) {
      System.getLogger(Aftercare.class.getName())
          .log(System.Logger.Level.WARNING, "gave up telling {0} what to keep or delete", box);
      return;
    }
    long pause = Math.min(LONGEST, FIRST << Math.min(20, attempt - 1));
    workers.after(
        pause,
        () -> {
          waiting.decrementAndGet();
          remote
              .call(t -> message.apply(t, box))
              .whenComplete(
                  (done, failure) -> {
                    if (failure != null && !isFinal(Remote.reason(failure).problem())) {
                      later(box, message, attempt + 1);
                    }
                  });
        });
  }
}
