package tv.hearth.objects.name;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.core.HeadContent;
import tv.hearth.objects.core.Siblings;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Failures;
import tv.hearth.objects.io.Lru;
import tv.hearth.objects.io.ObjectMeters;
import tv.hearth.objects.io.Replicas;
import tv.hearth.objects.io.Services;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.Shelf;

/**
 * Reads heads from a quorum and writes them. What was read stays good for {@value #FRESH_SECONDS}
 * s. Thread-safe.
 */
public final class Heads {
  private static final int FRESH_SECONDS = 3;
  private static final long FRESH = TimeUnit.SECONDS.toNanos(FRESH_SECONDS);
  private static final int CACHED = 512;
  private static final int ATTEMPTS = 3;
  private final Services services;
  private final Authority authority;
  private final Replicas replicas;
  private final ObjectMeters meters;
  private final Lru<RecordKey, Cached> cache = new Lru<>(CACHED, entry -> 1);

  /** A name's heads, and what the winner holds; {@code content} is null where none lives. */
  public record Named(OwnerId owner, Bytes nameId, Siblings siblings, HeadContent content) {
    /** The winning head. */
    public HeadRecord winner() {
      return siblings.heads().get(0);
    }
  }

  private record Cached(Named named, long at) {}

  /** Over the replicas of each owner. */
  public Heads(Services services, Authority authority, Replicas replicas, ObjectMeters meters) {
    this.services = services;
    this.authority = authority;
    this.replicas = replicas;
    this.meters = meters;
  }

  /** The heads of a name under one owner; {@code fresh} passes the cache by. */
  public Named read(Space space, OwnerId owner, String name, boolean fresh) throws ObjectFailure {
    Bytes nameId = nameId(space, name);
    RecordKey key = Replicas.key(RecordKind.HEAD, owner, nameId.toString());
    Cached cached = cache.get(key);
    if (!fresh && cached != null && System.nanoTime() - cached.at < FRESH) {
      return cached.named;
    }
    List<Bytes> records = replicas.quorum(replicas.of(owner), key);
    Named named = settle(space, owner, nameId, verified(owner, nameId, records));
    cache.put(key, new Cached(named, System.nanoTime()));
    return named;
  }

  /** Forgets what was read of a name. */
  public void forget(Named named) {
    cache.remove(Replicas.key(RecordKind.HEAD, named.owner(), named.nameId().toString()));
  }

  /**
   * Writes the next head of a name.
   *
   * @param content null deletes the name
   * @param basis the heads that it follows on; null: all that are there now
   * @return the heads that it followed on
   */
  public Named write(Shelf shelf, OwnerId owner, String name, HeadContent content, Named basis)
      throws ObjectFailure {
    Space space = Authority.space(shelf);
    for (int attempt = 1; ; attempt++) {
      Named before = basis == null ? read(space, owner, name, true) : basis;
      HeadRecord head = next(space, before, content);
      try {
        publish(shelf, head);
        forget(before);
        return before;
      } catch (ObjectFailure e) {
        forget(before);
        if (attempt == ATTEMPTS) {
          undo(shelf, head, before);
          throw e;
        }
      }
    }
  }

  /** Opens a head's content. */
  public HeadContent open(Space space, HeadRecord head) throws ObjectFailure {
    try {
      byte[] content =
          services
              .keyring()
              .call(ring -> ring.openHead(space, head.nameId(), head.sealed().toArray()));
      return HeadContent.decode(content);
    } catch (CipherException e) {
      throw Failures.of("open the head " + head.nameId(), e);
    } catch (CborException e) {
      throw new ObjectFailure(
          ObjectFailure.Problem.DAMAGED, "head " + head.nameId() + ": " + e.getMessage(), e);
    }
  }

  /** The heads among records that this owner signed under that name; others are counted. */
  public List<HeadRecord> verified(OwnerId owner, Bytes nameId, List<Bytes> records)
      throws ObjectFailure {
    Bytes key = authority.key(owner);
    List<HeadRecord> heads = new ArrayList<>();
    for (Bytes record : records.stream().distinct().toList()) {
      Optional<HeadRecord> head = verified(key, record);
      if (head.isPresent()
          && head.get().owner().equals(owner)
          && head.get().nameId().equals(nameId)) {
        heads.add(head.get());
      } else {
        meters.add(ObjectMeters.Count.RECORDS_REFUSED);
      }
    }
    return heads;
  }

  private Optional<HeadRecord> verified(Bytes key, Bytes record) {
    try {
      byte[] payload =
          services.verifier().call(v -> v.verify(record.toArray(), HeadRecord.TYPE, key));
      return Optional.of(HeadRecord.decode(payload));
    } catch (BadSignatureException | RecordException e) {
      return Optional.empty();
    }
  }

  private Named settle(Space space, OwnerId owner, Bytes nameId, List<HeadRecord> heads)
      throws ObjectFailure {
    Siblings siblings = Siblings.of(heads);
    HeadContent content = siblings.alive() ? open(space, siblings.heads().get(0)) : null;
    return new Named(owner, nameId, siblings, content);
  }

  private HeadRecord next(Space space, Named before, HeadContent content) throws ObjectFailure {
    Siblings siblings = before.siblings();
    return new HeadRecord(
        before.owner(),
        before.nameId(),
        siblings.nextRevision(),
        siblings.nextParents(),
        content == null,
        content == null ? Bytes.of(new byte[0]) : seal(space, before.nameId(), content),
        Instant.now());
  }

  private void publish(Shelf shelf, HeadRecord head) throws ObjectFailure {
    RecordKey key = Replicas.key(RecordKind.HEAD, head.owner(), head.nameId().toString());
    byte[] signed = authority.sign(shelf, HeadRecord.TYPE, head.encode());
    replicas.put(replicas.of(head.owner()), key, signed);
  }

  /** A head that reached too few boxes is followed by what was there before it. */
  private void undo(Shelf shelf, HeadRecord failed, Named before) {
    boolean alive = before.siblings().alive();
    HeadRecord back =
        new HeadRecord(
            failed.owner(),
            failed.nameId(),
            failed.revision() + 1,
            List.of(Siblings.hash(failed)),
            !alive,
            alive ? before.winner().sealed() : Bytes.of(new byte[0]),
            Instant.now());
    try {
      publish(shelf, back);
    } catch (ObjectFailure e) {
      System.getLogger(Heads.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "a head that too few boxes took could be taken back at few: " + e.getMessage());
    }
  }

  /** What neighbours see of a name. */
  public Bytes nameId(Space space, String name) throws ObjectFailure {
    try {
      return services.keyring().call(ring -> ring.nameId(space, name));
    } catch (CipherException e) {
      throw Failures.of("look up '" + name + "'", e);
    }
  }

  private Bytes seal(Space space, Bytes nameId, HeadContent content) throws ObjectFailure {
    try {
      return Bytes.of(
          services.keyring().call(ring -> ring.sealHead(space, nameId, content.encode())));
    } catch (CipherException e) {
      throw Failures.of("seal the head of '" + content.name() + "'", e);
    }
  }
}
