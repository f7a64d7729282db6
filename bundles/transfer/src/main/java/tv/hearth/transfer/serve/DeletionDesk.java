package tv.hearth.transfer.serve;

import java.util.List;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.Tombstone;
import tv.hearth.transfer.core.Grants;
import tv.hearth.transfer.core.RecordRules;
import tv.hearth.transfer.core.Refusal;

/** Keeps and deletions. Blocks on the disk. Thread-safe. */
public final class DeletionDesk {
  private final Services services;

  /** Over the services. */
  public DeletionDesk(Services services) {
    this.services = services;
  }

  /** Extends the lease of an owner's pieces of an object. */
  public Reply keep(byte[] signed) throws Exception {
    KeepRecord keep = Grants.keep(signed, services.map(), services.verifier.get());
    refuseDeleted(keep.owner(), keep.object());
    return Reply.count(
        services.pieces.call(store -> store.keep(keep.object(), keep.owner(), keep.until())));
  }

  /** Records a tombstone, then deletes its owner's pieces of the object. */
  public Reply tombstone(byte[] signed, RecordKey named) throws Exception {
    Tombstone tombstone = Grants.tombstone(signed, services.map(), services.verifier.get());
    RecordKey key = key(tombstone.owner(), tombstone.object());
    if (named != null && !named.equals(key)) {
      throw new Refusal(Problem.REFUSED, "the tombstone is not what its key names: " + named);
    }
    RecordRules.Checked record =
        RecordRules.check(key, signed, services.map(), services.verifier.get());
    List<Bytes> kept = services.records.call(store -> store.get(key));
    List<Bytes> next = RecordRules.merge(record, kept);
    if (!next.equals(kept)) {
      services.records.call(store -> store.replace(key, kept, next));
    }
    return Reply.count(
        services.pieces.call(store -> store.delete(tombstone.object(), tombstone.owner())));
  }

  /** True where the owner deleted the object. */
  public boolean isDeleted(OwnerId owner, ObjectId object) throws StoreException {
    return !services.records.call(store -> store.get(key(owner, object))).isEmpty();
  }

  /** Throws REFUSED (410) where the owner deleted the object. */
  public void refuseDeleted(OwnerId owner, ObjectId object) throws Exception {
    if (isDeleted(owner, object)) {
      throw new Refusal(Problem.REFUSED, 410, "object " + object + " was deleted by its owner");
    }
  }

  private static RecordKey key(OwnerId owner, ObjectId object) {
    return new RecordKey(RecordKind.TOMBSTONE, owner.text(), object.text());
  }
}
