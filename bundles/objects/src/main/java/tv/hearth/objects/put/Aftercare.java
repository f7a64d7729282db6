package tv.hearth.objects.put;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.errand.Errand;
import tv.hearth.objects.errand.Errands;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.Replicas;
import tv.hearth.objects.io.Round;
import tv.hearth.objects.machine.WriteRound;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.Tombstone;
import tv.hearth.support.text.KeyIds;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.Shelf;

/**
 * What holders are told once a head committed or an object is gone: keep its pieces, or delete
 * them. Those that don't answer are told again until they know, over restarts too: keeps until the
 * lease ends, tombstones for {@value #TOMBSTONE_DAYS} days, records for {@value #RECORD_DAYS}.
 * Thread-safe.
 */
public final class Aftercare {
  private static final int TOMBSTONE_DAYS = 90;
  private static final int RECORD_DAYS = 30;
  private static final long ROUND = TimeUnit.SECONDS.toNanos(4);
  private static final long MORE = TimeUnit.MILLISECONDS.toNanos(500);
  private final Authority authority;
  private final Boxes boxes;
  private final Replicas replicas;
  private final Errands errands;

  /** Signs in the name of each shelf's writer. */
  public Aftercare(Authority authority, Boxes boxes, Replicas replicas, Errands errands) {
    this.authority = authority;
    this.boxes = boxes;
    this.replicas = replicas;
    this.errands = errands;
  }

  /**
   * A promise to holders that begins before their object's head is published, so that no crash
   * leaves a name whose pieces nobody keeps.
   */
  public final class Pledge {
    private final Errand keep;

    private Pledge(Errand keep) {
      this.keep = keep;
    }

    /** That head is about to be published. */
    public void about(byte[] signedHead) {
      errands.note(
          new Errand(
              Errand.Kind.COMMIT,
              "commit-" + keep.object().orElseThrow(),
              keep.shelf(),
              keep.owner(),
              keep.object(),
              Optional.empty(),
              keep.until(),
              keep.boxes(),
              Bytes.of(signedHead),
              keep.message()));
    }

    /** It is: pieces stay for good; returns once {@code need} know, or a few seconds went by. */
    public void honour(int need) {
      fulfil(keep, need);
      errands.done("commit-" + keep.object().orElseThrow());
    }
  }

  /** Prepares to keep an object's pieces. */
  public Pledge pledge(
      Shelf shelf, OwnerId owner, ObjectId object, Collection<BoxId> holders, Instant lease)
      throws ObjectFailure {
    byte[] payload = new KeepRecord(owner, object, Instant.MAX).encode();
    byte[] signed = authority.sign(shelf, KeepRecord.TYPE, payload);
    return new Pledge(keep(shelf, owner, object, List.copyOf(holders), lease, Bytes.of(signed)));
  }

  private static Errand keep(
      Shelf shelf, OwnerId owner, ObjectId object, List<BoxId> to, Instant until, Bytes signed) {
    return new Errand(
        Errand.Kind.KEEP,
        "keep-" + object,
        shelf,
        owner,
        Optional.of(object),
        Optional.empty(),
        until,
        to,
        signed,
        Errand.NONE);
  }

  /** A commit that was cut short has gone through after all. */
  void committed(Errand commit) {
    ObjectId object = commit.object().orElseThrow();
    Errand keep =
        keep(commit.shelf(), commit.owner(), object, commit.boxes(), commit.until(), commit.keep());
    fulfil(keep, keep.boxes().size());
    errands.done(commit.id());
  }

  private void fulfil(Errand keep, int need) {
    byte[] message = keep.message().toArray();
    later(keep, tell(keep, need, box -> boxes.keep(box, message)));
  }

  /** Pieces, descriptor and placements go; those who are away are told later. */
  public void erase(Shelf shelf, OwnerId owner, ObjectId object, Collection<BoxId> holders)
      throws ObjectFailure {
    byte[] payload = new Tombstone(owner, object, Instant.now()).encode();
    Bytes signed = Bytes.of(authority.sign(shelf, Tombstone.TYPE, payload));
    Errand erase =
        new Errand(
            Errand.Kind.ERASE,
            "erase-" + object,
            shelf,
            owner,
            Optional.of(object),
            Optional.empty(),
            Instant.now().plus(Duration.ofDays(TOMBSTONE_DAYS)),
            List.copyOf(holders),
            signed,
            Errand.NONE);
    errands.note(erase);
    errands.cancelOthers(object, erase.id());
    RecordKey key = Replicas.key(RecordKind.TOMBSTONE, owner, object.text());
    replicas.spread(replicas.of(object), key, signed.toArray());
    later(erase, tell(erase, holders.size(), box -> boxes.delete(box, erase.message().toArray())));
  }

  /** Boxes that lack a record get it later. */
  public void deliver(RecordKey key, byte[] record, List<BoxId> at) {
    errands.add(
        new Errand(
            Errand.Kind.RECORD,
            "record-" + HexFormat.of().formatHex(KeyIds.sha256(record), 0, 16),
            Shelf.HOUSEHOLD,
            new OwnerId(key.subject()),
            Optional.empty(),
            Optional.of(key),
            Instant.now().plus(Duration.ofDays(RECORD_DAYS)),
            at,
            Bytes.of(record),
            Errand.NONE));
  }

  /** What an old head pointed to is to go; returns the errand. */
  Errand forget(Shelf shelf, OwnerId owner, HeadRecord head) {
    byte[] payload = head.encode();
    Errand errand =
        new Errand(
            Errand.Kind.FORGET,
            "forget-" + HexFormat.of().formatHex(KeyIds.sha256(payload), 0, 16),
            shelf,
            owner,
            Optional.empty(),
            Optional.empty(),
            Instant.now().plus(Duration.ofDays(RECORD_DAYS)),
            List.of(),
            Bytes.of(payload),
            Errand.NONE);
    errands.note(errand);
    return errand;
  }

  /** The errand is done. */
  void done(Errand errand) {
    errands.done(errand.id());
  }

  /** True until it is done. */
  boolean open(Errand errand) {
    return errands.has(errand.id());
  }

  /** Those who are left after the first round are told later. */
  private void later(Errand errand, Set<BoxId> left) {
    if (left.isEmpty()) {
      errands.done(errand.id());
    } else {
      errands.add(errand.to(List.copyOf(left)));
    }
  }

  private Set<BoxId> tell(
      Errand errand, int need, Function<BoxId, CompletableFuture<Integer>> message) {
    List<BoxId> all = errand.boxes();
    WriteRound machine = new WriteRound(all.size(), Math.min(need, all.size()), MORE, ROUND);
    Round<Integer> round = new Round<>(machine, all, message, told -> true, System::nanoTime);
    round.await();
    Set<BoxId> left = new LinkedHashSet<>(all);
    left.removeIf(round::has);
    round.failures().stream()
        .filter(failure -> Errands.isFinal(errand.kind(), failure.reason().problem()))
        .forEach(failure -> left.remove(failure.box()));
    return left;
  }
}
