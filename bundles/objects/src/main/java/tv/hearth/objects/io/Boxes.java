package tv.hearth.objects.io;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.transfer.PieceTransfer;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.PieceId;
import tv.hearth.objects.core.HolderHealth;
import tv.hearth.objects.core.Troubles;

/**
 * Records and words to boxes: over the line to neighbours, straight into its stores to this one.
 * Whoever answers is known to be there; a box that was silent is tried now and then without anybody
 * waiting for it. Thread-safe.
 */
public final class Boxes {
  private static final int PAGE = 500;
  private static final PieceId NOTHING = new PieceId(ObjectId.of(new byte[16]), 0, 0);
  private final Services services;
  private final Remote remote;
  private final HolderHealth health;
  private final OwnStore own;

  /** Shares what is known of the neighbours. */
  public Boxes(
      Services services, Remote remote, Workers workers, Authority authority, HolderHealth health) {
    this.services = services;
    this.remote = remote;
    this.health = health;
    this.own = new OwnStore(services, workers, authority);
  }

  /** Offers a record. */
  public CompletableFuture<Void> putRecord(BoxId box, RecordKey key, byte[] record) {
    return hasStore(box) ? own.put(key, record) : call(box, t -> t.putRecord(box, key, record));
  }

  /** What it has under a key. */
  public CompletableFuture<List<Bytes>> records(BoxId box, RecordKey key) {
    return hasStore(box) ? own.get(key) : call(box, transfer -> transfer.records(box, key));
  }

  /** A page of an owner's records. */
  public CompletableFuture<List<RecordStore.Entry>> page(
      BoxId box, RecordKind kind, String subject, String after) {
    return hasStore(box)
        ? own.list(kind, subject, after, PAGE)
        : call(box, transfer -> transfer.listRecords(box, kind, subject, after));
  }

  /** Extends the lease of an object's pieces. */
  public CompletableFuture<Integer> keep(BoxId box, byte[] signed) {
    return hasStore(box) ? own.keep(signed) : call(box, transfer -> transfer.keep(box, signed));
  }

  /** Deletes an object's pieces. */
  public CompletableFuture<Integer> delete(BoxId box, byte[] signed) {
    return hasStore(box) ? own.delete(signed) : call(box, transfer -> transfer.delete(box, signed));
  }

  /** True where it has the piece whole. */
  public CompletableFuture<Boolean> head(BoxId box, PieceId piece) {
    return call(box, transfer -> transfer.head(box, piece));
  }

  /** Asks whether a box is there again that was silent, if it is time to; nobody waits for that. */
  public void probe(BoxId box) {
    if (health.probes(box, System.nanoTime())) {
      call(box, transfer -> transfer.head(box, NOTHING))
          .whenComplete(
              (there, failure) -> {
                if (failure != null && Troubles.isSilence(Remote.reason(failure))) {
                  health.failed(box, System.nanoTime());
                }
              });
    }
  }

  private boolean hasStore(BoxId box) {
    return services.records().now().isPresent()
        && box.equals(services.identity().call(Identity::box));
  }

  private <T> CompletableFuture<T> call(
      BoxId box, Function<PieceTransfer, CompletableFuture<T>> call) {
    CompletableFuture<T> answer = remote.call(call);
    answer.whenComplete(
        (value, failure) -> {
          if (failure == null) {
            health.there(box);
          }
        });
    return answer;
  }
}
