package tv.hearth.objects.name;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.cipher.Space;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.Role;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.Failures;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Replicas;
import tv.hearth.objects.io.Services;
import tv.hearth.support.record.KeyGrantRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.Shelf;

/**
 * The catalogue's key on its way to the boxes: the node with the content authority's key grants it
 * to every member of the map, by way of the replicas and directly; a box without it looks for its
 * own grant. Thread-safe.
 */
public final class CatalogueGrants {
  private static final int MOST_AT_ONCE = 100;
  private static final long DIRECT = TimeUnit.SECONDS.toNanos(2);
  private static final long BETWEEN_ASKS = TimeUnit.SECONDS.toNanos(1);
  private static final System.Logger LOG = System.getLogger(CatalogueGrants.class.getName());
  private final Services services;
  private final Authority authority;
  private final Replicas replicas;
  private final Boxes boxes;
  private final Map<BoxId, Bytes> granted = new HashMap<>();
  private final AtomicBoolean asking = new AtomicBoolean();
  private volatile Finding last = Finding.UNKNOWN;
  private volatile long lastAsk = System.nanoTime() - BETWEEN_ASKS;

  /** Over keyring, map and replicas. */
  public CatalogueGrants(Services services, Authority authority, Replicas replicas, Boxes boxes) {
    this.services = services;
    this.authority = authority;
    this.replicas = replicas;
    this.boxes = boxes;
  }

  /** Grants the key to members that this node has not granted it to; true where all are done. */
  public boolean issue() throws ObjectFailure {
    if (!services.identity().call(me -> me.roles().contains(Role.CONTENT))) {
      return true;
    }
    BoxMap map = authority.map();
    int issued = 0;
    for (MapBox box : map.boxes()) {
      boolean known = box.exchangeKey().equals(granted(box.id()));
      if (box.isMember() && !known && issued++ < MOST_AT_ONCE) {
        grant(box);
      }
    }
    return issued == 0;
  }

  /** What is known of this box's own grant. */
  private enum Finding {
    /** This box can read the catalogue. */
    HERE,
    /** A quorum says that there is none. */
    NONE,
    /** Too few answered, or somebody else is asking at this moment. */
    UNKNOWN
  }

  /** True where this box can read the catalogue, after looking for its grant if need be. */
  public boolean ensure() throws ObjectFailure {
    return find() == Finding.HERE;
  }

  /**
   * One looks at a time, once a second; the others don't wait for his network but hear what was
   * known last.
   */
  private Finding find() throws ObjectFailure {
    if (services.keyring().call(ring -> ring.canRead(Space.CATALOGUE))) {
      return Finding.HERE;
    }
    long now = System.nanoTime();
    if (now - lastAsk < BETWEEN_ASKS || !asking.compareAndSet(false, true)) {
      return last;
    }
    try {
      last = ask();
    } finally {
      lastAsk = System.nanoTime();
      asking.set(false);
    }
    return last;
  }

  private Finding ask() throws ObjectFailure {
    boolean certain = true;
    for (OwnerId owner : authority.owners(Shelf.CATALOGUE)) {
      Finding each = accept(owner);
      if (each == Finding.HERE) {
        return each;
      }
      certain &= each == Finding.NONE;
    }
    return certain ? Finding.NONE : Finding.UNKNOWN;
  }

  /** As {@link #ensure}, but NOT_ALLOWED where it can't, NOT_READY where that is not known now. */
  public void require(Shelf shelf) throws ObjectFailure {
    if (shelf != Shelf.CATALOGUE) {
      return;
    }
    Finding found = find();
    if (found == Finding.UNKNOWN) {
      throw new ObjectFailure(
          ObjectFailure.Problem.NOT_READY,
          "this box looks for its grant of the catalogue's key: try again in a moment");
    }
    if (found == Finding.NONE) {
      throw new ObjectFailure(
          ObjectFailure.Problem.NOT_ALLOWED,
          "this box was not granted the catalogue's key yet: the operator's ingest node must run");
    }
  }

  private synchronized Bytes granted(BoxId box) {
    return granted.get(box);
  }

  private void grant(MapBox box) throws ObjectFailure {
    OwnerId owner = authority.writer(Shelf.CATALOGUE);
    RecordKey key = Replicas.key(RecordKind.KEY_GRANT, owner, box.id().text());
    byte[] signed;
    try {
      byte[] wrapped =
          services.keyring().call(ring -> ring.grantCatalogue(box.id(), box.exchangeKey()));
      long version = Instant.now().getEpochSecond();
      byte[] payload = new KeyGrantRecord(owner, box.id(), version, Bytes.of(wrapped)).encode();
      signed = authority.sign(Shelf.CATALOGUE, KeyGrantRecord.TYPE, payload);
    } catch (CipherException e) {
      throw Failures.of("grant the catalogue to " + box.id(), e);
    }
    replicas.put(replicas.of(owner), key, signed);
    boxes
        .putRecord(box.id(), key, signed)
        .whenComplete(
            (done, failure) -> {
              if (failure != null) {
                LOG.log(
                    System.Logger.Level.DEBUG, "{0} will find its grant at the replicas", box.id());
              }
            });
    synchronized (this) {
      granted.put(box.id(), box.exchangeKey());
    }
  }

  private Finding accept(OwnerId owner) throws ObjectFailure {
    BoxId self = services.identity().call(Identity::box);
    RecordKey key = Replicas.key(RecordKind.KEY_GRANT, owner, self.text());
    Bytes signer = authority.key(owner);
    Optional<KeyGrantRecord> grant = newest(here(self, key), signer, owner, self);
    boolean certain = true;
    if (grant.isEmpty()) {
      Replicas.Reading reading = elsewhere(owner, key);
      grant = newest(reading.records(), signer, owner, self);
      certain = reading.certain();
    }
    if (grant.isEmpty()) {
      return certain ? Finding.NONE : Finding.UNKNOWN;
    }
    byte[] wrapped = grant.get().wrapped().toArray();
    try {
      services
          .keyring()
          .call(
              ring -> {
                ring.acceptCatalogue(wrapped);
                return null;
              });
      return Finding.HERE;
    } catch (CipherException e) {
      LOG.log(System.Logger.Level.WARNING, "grant of the catalogue refused: " + e.getMessage());
      return Finding.NONE;
    }
  }

  private List<Bytes> here(BoxId self, RecordKey key) {
    if (services.records().now().isEmpty()) {
      return List.of();
    }
    try {
      return Remote.await(boxes.records(self, key), DIRECT);
    } catch (TransferException e) {
      LOG.log(System.Logger.Level.DEBUG, "no grant here: {0}", e.getMessage());
      return List.of();
    }
  }

  private Replicas.Reading elsewhere(OwnerId owner, RecordKey key) {
    try {
      return replicas.some(replicas.of(owner), key, Replicas.SURE);
    } catch (ObjectFailure e) {
      LOG.log(System.Logger.Level.DEBUG, "no grant yet: {0}", e.getMessage());
      return new Replicas.Reading(List.of(), false);
    }
  }

  private Optional<KeyGrantRecord> newest(
      List<Bytes> records, Bytes signer, OwnerId owner, BoxId self) {
    KeyGrantRecord best = null;
    for (Bytes record : records) {
      try {
        byte[] payload =
            services.verifier().call(v -> v.verify(record.toArray(), KeyGrantRecord.TYPE, signer));
        KeyGrantRecord grant = KeyGrantRecord.decode(payload);
        boolean mine = grant.owner().equals(owner) && grant.recipient().equals(self);
        if (mine && (best == null || grant.version() > best.version())) {
          best = grant;
        }
      } catch (BadSignatureException | RecordException e) {
        LOG.log(System.Logger.Level.WARNING, "a grant that is none: {0}", e.getMessage());
      }
    }
    return Optional.ofNullable(best);
  }
}
