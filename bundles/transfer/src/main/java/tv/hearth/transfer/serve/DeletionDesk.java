package tv.hearth.transfer.serve;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.Tombstone;
import tv.hearth.transfer.core.DeletionRules;
import tv.hearth.transfer.core.Grants;
import tv.hearth.transfer.core.RecordRules;
import tv.hearth.transfer.core.Refusal;

/**
 * Keeps and deletions. A tombstone is recorded before a piece goes, so that nothing that was
 * deleted comes back; it counts as long as its signer is an owner in the map. Blocks on the disk.
 * Thread-safe.
 */
public final class DeletionDesk {
  private static final System.Logger LOG = System.getLogger(DeletionDesk.class.getName());

  private final Services services;
  private final LockBook book;
  private final int perDay;
  private final Clock clock;

  /**
   * Over the services and a folder of its own.
   *
   * @param perDay most tombstones of one content authority that take effect in a day unseconded
   */
  public DeletionDesk(Services services, Path folder, int perDay, Clock clock) throws IOException {
    this.services = services;
    this.book = new LockBook(folder);
    this.perDay = perDay;
    this.clock = clock;
  }

  /** Deletions that were heard and that this release can't read, so that they wait. */
  public synchronized int unread() {
    return book.unread();
  }

  /** Extends the lease of an owner's pieces of an object. */
  public Reply keep(byte[] signed) throws Exception {
    BoxMap map = services.map();
    KeepRecord keep = services.verifier.call(v -> Grants.keep(signed, map, v));
    refuseDeleted(keep.owner(), keep.object());
    return Reply.count(
        services.pieces.call(store -> store.keep(keep.object(), keep.owner(), keep.until())));
  }

  /**
   * Does what a tombstone says, as far as the rules allow now; answers with how many pieces went.
   *
   * @param named the key that it was offered under, or null
   */
  public Reply tombstone(byte[] signed, RecordKey named) throws Exception {
    BoxMap map = services.map();
    Tombstone tombstone = services.verifier.call(v -> Grants.tombstone(signed, map, v));
    if (named != null && !named.equals(key(tombstone.owner(), tombstone.object()))) {
      throw new Refusal(Problem.REFUSED, "the tombstone is not what its key names: " + named);
    }
    if (map.contentKeys().containsKey(tombstone.owner())) {
      return lock(tombstone, Bytes.of(signed), map);
    }
    record(tombstone.owner(), tombstone.object(), Bytes.of(signed));
    return Reply.count(erase(tombstone.owner(), tombstone.object()));
  }

  private synchronized Reply lock(Tombstone tombstone, Bytes signed, BoxMap map) throws Exception {
    OwnerId owner = tombstone.owner();
    ObjectId object = tombstone.object();
    if (isRecorded(owner, object)) {
      return Reply.count(0);
    }
    Instant now = clock.instant();
    boolean seconded = isSeconded(owner, object, map);
    boolean lock =
        DeletionRules.verdict(true, book.locksOf(owner), perDay, seconded, now)
            == DeletionRules.Verdict.LOCK;
    book.put(new LockBook.Entry(new LockBook.Key(owner, object), lock, now, signed));
    if (!lock) {
      LOG.log(
          System.Logger.Level.WARNING,
          "more than {0} deletions a day by {1}: {2} waits for a second content authority",
          perDay,
          owner,
          object);
      return Reply.waiting();
    }
    record(owner, object, signed);
    if (seconded) {
      lockWaiting(object, map, now);
    }
    return Reply.count(0);
  }

  private boolean isSeconded(OwnerId owner, ObjectId object, BoxMap map) throws Exception {
    for (OwnerId other : map.contentKeys().keySet()) {
      boolean known = book.find(other, object).isPresent() || isRecorded(other, object);
      if (!other.equals(owner) && known) {
        return true;
      }
    }
    return false;
  }

  /** Others' tombstones for the object have their second signature now. */
  private void lockWaiting(ObjectId object, BoxMap map, Instant now) throws Exception {
    for (OwnerId other : map.contentKeys().keySet()) {
      Optional<LockBook.Entry> entry = book.find(other, object);
      if (entry.isPresent() && !entry.get().locked()) {
        book.put(new LockBook.Entry(entry.get().key(), true, now, entry.get().tombstone()));
        record(other, object, entry.get().tombstone());
      }
    }
  }

  /**
   * Erases what was locked for 30 days by those who still are content authorities, and forgets what
   * nobody seconded. To be called now and then.
   */
  public synchronized void sweep() throws Exception {
    BoxMap map = services.map();
    Instant now = clock.instant();
    for (LockBook.Entry entry : book.all()) {
      OwnerId owner = entry.key().owner();
      if (!entry.locked()) {
        if (DeletionRules.isForgotten(entry.heard(), now)) {
          book.remove(entry);
        }
      } else if (map.contentKeys().containsKey(owner)) {
        // Again, for the case that the power went between the lock and its record.
        record(owner, entry.key().object(), entry.tombstone());
        if (DeletionRules.isDue(entry.heard(), now)) {
          erase(owner, entry.key().object());
          book.remove(entry);
        }
      }
    }
  }

  private void record(OwnerId owner, ObjectId object, Bytes signed) throws Exception {
    RecordKey key = key(owner, object);
    List<Bytes> kept = services.records.call(store -> store.get(key));
    if (!kept.isEmpty()) {
      return;
    }
    BoxMap map = services.map();
    services.verifier.call(v -> RecordRules.check(key, signed.toArray(), map, v));
    boolean written =
        services.records.call(store -> store.replace(key, List.of(), List.of(signed)));
    if (!written && !isRecorded(owner, object)) {
      throw new Refusal(Problem.BUSY, "the tombstone could not be recorded: try again");
    }
  }

  private int erase(OwnerId owner, ObjectId object) throws Exception {
    return services.pieces.call(store -> store.delete(object, owner));
  }

  /** True where the owner deleted the object, and still is an owner. */
  public boolean isDeleted(OwnerId owner, ObjectId object) throws Exception {
    return isRecorded(owner, object) && services.map().ownerKey(owner).isPresent();
  }

  private boolean isRecorded(OwnerId owner, ObjectId object) throws Exception {
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
