package tv.hearth.objects.io;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.Tombstone;
import tv.hearth.support.replica.Envelope;
import tv.hearth.support.replica.ReplicaRules;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * This box as one of the replicas of its own records, and holder of its own copies: straight into
 * its stores, by the rules that hold for neighbours, because a box behind an address translator
 * often can't reach itself at the address that it announces. Futures complete on workers, with
 * {@link TransferException} as a neighbour's would. Thread-safe.
 */
public final class OwnStore {
  private static final int TRIES = 8;
  private final Services services;
  private final Workers workers;
  private final Authority authority;

  OwnStore(Services services, Workers workers, Authority authority) {
    this.services = services;
    this.workers = workers;
    this.authority = authority;
  }

  CompletableFuture<Void> put(RecordKey key, byte[] record) {
    return run(
        () -> {
          accept(key, Bytes.of(record));
          return null;
        });
  }

  CompletableFuture<List<Bytes>> get(RecordKey key) {
    return run(() -> services.records().call(store -> store.get(key)));
  }

  CompletableFuture<List<RecordStore.Entry>> list(
      RecordKind kind, String subject, String after, int most) {
    return run(() -> services.records().call(store -> store.list(kind, subject, after, most)));
  }

  CompletableFuture<Integer> keep(byte[] signed) {
    return run(
        () -> {
          KeepRecord keep = KeepRecord.decode(payload(signed));
          verify(signed, KeepRecord.TYPE, keep.owner());
          refuseDeleted(keep.owner(), keep.object());
          return services
              .pieces()
              .call(store -> store.keep(keep.object(), keep.owner(), keep.until()));
        });
  }

  CompletableFuture<Integer> delete(byte[] signed) {
    return run(
        () -> {
          Tombstone tombstone = Tombstone.decode(payload(signed));
          RecordKey key = tombstoneKey(tombstone.owner(), tombstone.object());
          accept(key, Bytes.of(signed));
          return erase(tombstone.owner(), tombstone.object());
        });
  }

  private int erase(OwnerId owner, ObjectId object) throws StoreException {
    return services.pieces().call(store -> store.delete(object, owner));
  }

  private void accept(RecordKey key, Bytes signed) throws Exception {
    OwnerId owner = new OwnerId(key.subject());
    verify(signed.toArray(), Envelope.type(key), owner);
    Envelope envelope = Envelope.read(key, payload(signed.toArray()));
    if (key.kind() != RecordKind.TOMBSTONE && envelope.object().isPresent()) {
      refuseDeleted(owner, envelope.object().get());
    }
    for (int i = 0; i < TRIES; i++) {
      List<Bytes> kept = services.records().call(store -> store.get(key));
      List<Bytes> next = merged(envelope, signed, kept);
      if (next.equals(kept) || services.records().call(s -> s.replace(key, kept, next))) {
        return;
      }
    }
    throw new TransferException(Problem.BUSY, "others are writing " + key + ": try again");
  }

  private static List<Bytes> merged(Envelope envelope, Bytes signed, List<Bytes> kept)
      throws TransferException {
    try {
      return ReplicaRules.merge(envelope, signed, kept);
    } catch (ReplicaRules.NotKeptException e) {
      Problem problem = e.isConflict() ? Problem.CONFLICT : Problem.REFUSED;
      throw new TransferException(problem, "on this box: " + e.getMessage(), e);
    }
  }

  private void verify(byte[] signed, String type, OwnerId owner)
      throws BadSignatureException, ObjectFailure {
    Bytes key = authority.key(owner);
    services.verifier().call(verifier -> verifier.verify(signed, type, key));
  }

  private void refuseDeleted(OwnerId owner, ObjectId object) throws Exception {
    RecordKey key = tombstoneKey(owner, object);
    if (!services.records().call(store -> store.get(key)).isEmpty()) {
      throw new TransferException(Problem.REFUSED, "object " + object + " was deleted");
    }
  }

  private static RecordKey tombstoneKey(OwnerId owner, ObjectId object) {
    return new RecordKey(RecordKind.TOMBSTONE, owner.text(), object.text());
  }

  private static byte[] payload(byte[] signed) throws CborException {
    return Sign1.parse(signed).payload();
  }

  private <T> CompletableFuture<T> run(Callable<T> task) {
    CompletableFuture<T> result = new CompletableFuture<>();
    workers.execute(
        () -> {
          try {
            result.complete(task.call());
          } catch (Exception e) {
            result.completeExceptionally(reason(e));
          }
        });
    Runnable unwatch =
        workers.whenClosed(
            () ->
                result.completeExceptionally(
                    new TransferException(Problem.STOPPED, "the bundle objects is being stopped")));
    result.whenComplete((value, failure) -> unwatch.run());
    return result;
  }

  /** A failure of this box's stores, as a neighbour would put it. */
  public static TransferException reason(Exception e) {
    if (e instanceof TransferException) {
      return (TransferException) e;
    }
    Problem problem = Problem.UNKNOWN;
    if (e instanceof StoreException) {
      problem = stored(((StoreException) e).problem());
    } else if (e instanceof BadSignatureException
        || e instanceof RecordException
        || e instanceof CborException) {
      problem = Problem.REFUSED;
    } else if (e instanceof ServiceMissingException) {
      problem = Problem.NOT_READY;
    }
    return new TransferException(problem, "on this box: " + e.getMessage(), e);
  }

  /** What a failure of this box's store would be as a neighbour's. */
  static Problem stored(StoreException.Problem problem) {
    return switch (problem) {
      case QUOTA, DISK_FULL -> Problem.NO_ROOM;
      case READ_ONLY, IO -> Problem.DISK;
      case NOT_FOUND -> Problem.NOT_FOUND;
      case CONFLICT -> Problem.CONFLICT;
      case DAMAGED -> Problem.DAMAGED;
      case NOT_READY -> Problem.NOT_READY;
      default -> Problem.UNKNOWN;
    };
  }
}
