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
import tv.hearth.api.value.BoxId;
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
import tv.hearth.objects.machine.CommitMachine;
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
  private static final System.Logger LOG = System.getLogger(Heads.class.getName());
  private final Services services;
  private final Authority authority;
  private final Replicas replicas;
  private final ObjectMeters meters;
  private final Lru<RecordKey, Cached> cache = new Lru<>(CACHED, entry -> 1);

  /**
   * A name's heads, and what the winner holds.
   *
   * @param content null where none lives
   * @param certain whether a quorum said so; otherwise there may be a newer one, and where none
   *     lives it is not known now whether there is one
   */
  public record Named(
      OwnerId owner, Bytes nameId, Siblings siblings, HeadContent content, boolean certain) {
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
    return read(space, owner, name, fresh, true);
  }

  /** The heads of a name for who writes the next: what those who answer have. */
  public Named basis(Space space, OwnerId owner, String name) throws ObjectFailure {
    return read(space, owner, name, true, false);
  }

  /** A name that nobody can have written yet, because it is random. */
  public Named none(Space space, OwnerId owner, String name) throws ObjectFailure {
    return new Named(owner, nameId(space, name), Siblings.of(List.of()), null, true);
  }

  private Named read(Space space, OwnerId owner, String name, boolean fresh, boolean sure)
      throws ObjectFailure {
    Bytes nameId = nameId(space, name);
    RecordKey key = Replicas.key(RecordKind.HEAD, owner, nameId.toString());
    Cached cached = cache.get(key);
    if (!fresh && cached != null && System.nanoTime() - cached.at < FRESH) {
      return cached.named;
    }
    long patience = cached == null ? Replicas.SURE : Replicas.MAJORITY;
    List<BoxId> at = replicas.of(owner);
    Replicas.Reading reading =
        sure ? replicas.quorum(at, key, patience) : replicas.some(at, key, patience);
    List<HeadRecord> found = new ArrayList<>(known(owner, nameId, reading.records()));
    if (!reading.certain()) {
      meters.unsure();
      addKnown(cached, found);
    }
    Named named = settle(space, owner, nameId, found, reading.certain());
    if (named.content() != null || named.certain()) {
      cache.put(key, new Cached(named, System.nanoTime()));
    }
    return named;
  }

  /** What this box has seen of a name, so that fewer answers don't take it back to an older one. */
  private static void addKnown(Cached cached, List<HeadRecord> found) {
    if (cached != null) {
      cached.named.siblings().heads().stream()
          .filter(head -> !found.contains(head))
          .forEach(found::add);
    }
  }

  /** Forgets what was read of a name. */
  public void forget(Named named) {
    cache.remove(Replicas.key(RecordKind.HEAD, named.owner(), named.nameId().toString()));
  }

  /**
   * A head that was written.
   *
   * @param before the heads that it followed on, none of its own attempts among them
   * @param content null where the name was deleted
   */
  public record Written(Named before, HeadRecord head, HeadContent content) {
    /** The name as it is now, as far as its writer knows. */
    public Named now() {
      Siblings siblings = Siblings.of(List.of(head));
      return new Named(before.owner(), before.nameId(), siblings, content, true);
    }
  }

  /** Told of a head before it is published. */
  @FunctionalInterface
  public interface Intent {
    /** It is going to be offered to the replicas, perhaps more than once. */
    void publish(byte[] signed);
  }

  /**
   * Writes the next head of a name. Where too few replicas take it, it is offered again, and once
   * more as the follower of what others wrote meanwhile.
   *
   * @param content null deletes the name
   * @param basis the heads that it follows on; null: all that are there now
   * @param intent told before
   * @return what is there now, and the heads that it followed on
   */
  public Written write(
      Shelf shelf, OwnerId owner, String name, HeadContent content, Named basis, Intent intent)
      throws ObjectFailure {
    CommitMachine machine =
        basis == null ? CommitMachine.onWhatIsThere() : CommitMachine.on(basis.siblings().heads());
    Run run = new Run(shelf, owner, nameId(Authority.space(shelf), name), content, intent);
    try {
      CommitMachine.Action action = machine.start();
      while (!(action instanceof CommitMachine.Done)) {
        action = run.carryOut(machine, action, name);
      }
      CommitMachine.Done done = (CommitMachine.Done) action;
      return new Written(run.named(done.before()), done.head(), content);
    } finally {
      forget(run.named(List.of()));
    }
  }

  /** One head on its way; carries out what the machine says. */
  private final class Run {
    private final Shelf shelf;
    private final OwnerId owner;
    private final Bytes nameId;
    private final HeadContent content;
    private final Intent intent;
    private ObjectFailure refusal;
    private byte[] signed;

    Run(Shelf shelf, OwnerId owner, Bytes nameId, HeadContent content, Intent intent) {
      this.shelf = shelf;
      this.owner = owner;
      this.nameId = nameId;
      this.content = content;
      this.intent = intent;
    }

    CommitMachine.Action carryOut(CommitMachine machine, CommitMachine.Action action, String name)
        throws ObjectFailure {
      if (action instanceof CommitMachine.Read) {
        Named found = basis(Authority.space(shelf), owner, name);
        return machine.found(found.siblings().heads());
      } else if (action instanceof CommitMachine.Make) {
        HeadRecord head = next(((CommitMachine.Make) action).follows());
        signed = authority.sign(shelf, HeadRecord.TYPE, head.encode());
        intent.publish(signed);
        return machine.made(head);
      } else if (action instanceof CommitMachine.Offer) {
        return offer(machine, ((CommitMachine.Offer) action).head());
      }
      undo(shelf, ((CommitMachine.TakeBack) action).back(Instant.now()));
      throw refusal;
    }

    private CommitMachine.Action offer(CommitMachine machine, HeadRecord head) {
      try {
        publish(head, signed);
        return machine.acknowledged();
      } catch (ObjectFailure e) {
        LOG.log(System.Logger.Level.INFO, "offered again: {0}", e.getMessage());
        refusal = e;
        return machine.refused();
      }
    }

    private HeadRecord next(List<HeadRecord> follows) throws ObjectFailure {
      Bytes sealed =
          content == null ? Bytes.of(new byte[0]) : seal(Authority.space(shelf), nameId, content);
      return Siblings.of(follows).follower(owner, nameId, sealed, Instant.now());
    }

    Named named(List<HeadRecord> heads) {
      return new Named(owner, nameId, Siblings.of(heads), null, true);
    }
  }

  /** Publishes a head that was signed before, if nobody wrote anything else since. */
  public boolean resume(OwnerId owner, byte[] signed) throws ObjectFailure {
    HeadRecord head =
        verified(authority.key(owner), Bytes.of(signed))
            .orElseThrow(
                () -> new ObjectFailure(ObjectFailure.Problem.DAMAGED, "not a head of " + owner));
    RecordKey key = key(head);
    List<HeadRecord> found =
        verified(
            owner, head.nameId(), replicas.some(replicas.of(owner), key, Replicas.SURE).records());
    Bytes own = Siblings.hash(head);
    List<HeadRecord> open = Siblings.of(found).heads();
    boolean there = open.stream().anyMatch(each -> Siblings.hash(each).equals(own));
    boolean next = open.stream().allMatch(each -> head.parents().contains(Siblings.hash(each)));
    if (there || next) {
      publish(head, signed);
    }
    return there || next;
  }

  private static RecordKey key(HeadRecord head) {
    return Replicas.key(RecordKind.HEAD, head.owner(), head.nameId().toString());
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
    List<HeadRecord> heads = new ArrayList<>();
    Bytes key = authority.key(owner);
    for (Bytes record : records.stream().distinct().toList()) {
      add(heads, owner, nameId, verified(key, record));
    }
    return heads;
  }

  /** As above; what a newer release wrote is not passed over for an older version of the name. */
  private List<HeadRecord> known(OwnerId owner, Bytes nameId, List<Bytes> records)
      throws ObjectFailure {
    List<HeadRecord> heads = new ArrayList<>();
    Bytes key = authority.key(owner);
    for (Bytes record : records.stream().distinct().toList()) {
      try {
        add(heads, owner, nameId, Optional.of(decoded(key, record)));
      } catch (RecordException e) {
        if (e.isNewer()) {
          throw new ObjectFailure(
              ObjectFailure.Problem.NOT_READY,
              "the name " + nameId + " was written by a newer release: update this box first",
              e);
        }
        meters.add(ObjectMeters.Count.RECORDS_REFUSED);
      } catch (BadSignatureException e) {
        meters.add(ObjectMeters.Count.RECORDS_REFUSED);
      }
    }
    return heads;
  }

  private void add(List<HeadRecord> heads, OwnerId owner, Bytes nameId, Optional<HeadRecord> head) {
    if (head.isPresent()
        && head.get().owner().equals(owner)
        && head.get().nameId().equals(nameId)) {
      heads.add(head.get());
    } else {
      meters.add(ObjectMeters.Count.RECORDS_REFUSED);
    }
  }

  private Optional<HeadRecord> verified(Bytes key, Bytes record) {
    try {
      return Optional.of(decoded(key, record));
    } catch (BadSignatureException | RecordException e) {
      return Optional.empty();
    }
  }

  private HeadRecord decoded(Bytes key, Bytes record)
      throws BadSignatureException, RecordException {
    return HeadRecord.decode(
        services.verifier().call(v -> v.verify(record.toArray(), HeadRecord.TYPE, key)));
  }

  private Named settle(
      Space space, OwnerId owner, Bytes nameId, List<HeadRecord> heads, boolean certain)
      throws ObjectFailure {
    Siblings siblings = Siblings.of(heads);
    HeadContent content = siblings.alive() ? open(space, siblings.heads().get(0)) : null;
    return new Named(owner, nameId, siblings, content, certain);
  }

  private void publish(HeadRecord head, byte[] signed) throws ObjectFailure {
    replicas.put(replicas.of(head.owner()), key(head), signed);
  }

  /** A head that reached too few boxes is followed by what was there before it. */
  private void undo(Shelf shelf, HeadRecord back) {
    try {
      byte[] signed = authority.sign(shelf, HeadRecord.TYPE, back.encode());
      replicas.spread(replicas.of(back.owner()), key(back), signed);
    } catch (ObjectFailure e) {
      LOG.log(System.Logger.Level.WARNING, "a head could not be taken back: " + e.getMessage());
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
          services.keyring().call(ring -> ring.sealHead(space, nameId, content.sealable())));
    } catch (CipherException e) {
      throw Failures.of("seal the head of '" + content.name() + "'", e);
    }
  }
}
