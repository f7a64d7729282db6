package tv.hearth.objects.name;

import java.util.Optional;
import tv.hearth.api.identity.Household;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.objects.io.Authority;
import tv.hearth.objects.io.Replicas;
import tv.hearth.objects.io.Services;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.RootRecord;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.Shelf;

/**
 * Keeps the household's wrapped root with the neighbours, once there is one. Used by one thread.
 */
public final class RootKeeper {
  private final Services services;
  private final Authority authority;
  private final Replicas replicas;
  private Bytes kept;

  /** Over household and replicas. */
  public RootKeeper(Services services, Authority authority, Replicas replicas) {
    this.services = services;
    this.authority = authority;
    this.replicas = replicas;
  }

  /** Offers the wrapped root to the replicas unless they have it. */
  public void keep() throws ObjectFailure {
    Optional<Household> household = services.household().now();
    Optional<Bytes> wrapped = household.flatMap(Household::wrappedRoot).map(Bytes::of);
    if (wrapped.isEmpty() || wrapped.get().equals(kept)) {
      return;
    }
    OwnerId owner = authority.writer(Shelf.HOUSEHOLD);
    RecordKey key = Replicas.key(RecordKind.ROOT, owner, "root");
    long version = 0;
    for (Bytes record : replicas.some(replicas.of(owner), key, Replicas.SURE).records()) {
      RootRecord known = verified(record, owner);
      if (known != null && known.wrapped().equals(wrapped.get())) {
        kept = wrapped.get();
        return;
      }
      version = known == null ? version : Math.max(version, known.version());
    }
    byte[] payload = new RootRecord(owner, version + 1, wrapped.get()).encode();
    byte[] signed = authority.sign(Shelf.HOUSEHOLD, RootRecord.TYPE, payload);
    replicas.put(replicas.of(owner), key, signed);
    kept = wrapped.get();
  }

  private RootRecord verified(Bytes record, OwnerId owner) throws ObjectFailure {
    Bytes key = authority.key(owner);
    try {
      return RootRecord.decode(
          services.verifier().call(v -> v.verify(record.toArray(), RootRecord.TYPE, key)));
    } catch (BadSignatureException | RecordException e) {
      return null;
    }
  }
}
