package tv.hearth.headend.registry.message;

import java.time.Instant;
import java.util.Set;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.headend.registry.fleet.FleetBox;
import tv.hearth.headend.registry.store.CatalogueStore;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.DelegationRecord;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.PlacementRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.text.KeyIds;

/**
 * Takes descriptors, placements and heads: from a box of the household that signed them, or from an
 * ingest node for a content authority.
 */
final class Catalogue {
  private final CatalogueStore store;
  private final Set<Bytes> contentKeys;

  Catalogue(CatalogueStore store, DelegationRecord delegation) {
    this.store = store;
    this.contentKeys = Set.copyOf(delegation.contentKeys());
  }

  /** Returns false where the owner has too many. */
  boolean take(FleetBox box, byte[] signed, SignatureVerifier verifier, Instant now)
      throws RecordException, BadSignatureException {
    Sign1 envelope = parse(signed);
    Named named = named(envelope.type(), envelope.payload());
    Bytes key = keyOf(named.owner(), box);
    byte[] payload = verifier.verify(signed, envelope.type(), key);
    return store.put(
        new RecordKey(named.kind(), named.owner().text(), named.name()),
        new CatalogueStore.Entry(named.revision(), KeyIds.sha256(payload), signed, box.id(), now));
  }

  private static Sign1 parse(byte[] signed) throws RecordException {
    try {
      return Sign1.parse(signed);
    } catch (CborException e) {
      throw new RecordException("no signed record: " + e.getMessage(), e);
    }
  }

  private static Named named(String type, byte[] payload) throws RecordException {
    switch (type) {
      case DescriptorRecord.TYPE:
        DescriptorRecord descriptor = DescriptorRecord.decode(payload);
        return new Named(
            RecordKind.DESCRIPTOR, descriptor.owner(), descriptor.hash().toString(), 1);
      case PlacementRecord.TYPE:
        PlacementRecord placement = PlacementRecord.decode(payload);
        String name = PlacementRecord.name(placement.object(), placement.segment());
        return new Named(RecordKind.PLACEMENT, placement.owner(), name, placement.version());
      case HeadRecord.TYPE:
        HeadRecord head = HeadRecord.decode(payload);
        return new Named(RecordKind.HEAD, head.owner(), head.nameId().toString(), head.revision());
      default:
        throw new RecordException(type + " is not catalogued");
    }
  }

  private Bytes keyOf(OwnerId owner, FleetBox box) throws RecordException {
    if (owner.equals(box.household())) {
      return box.keys().household();
    }
    if (box.state() == MapBox.State.INGEST) {
      for (Bytes key : contentKeys) {
        if (KeyIds.of(key.toArray()).equals(owner.text())) {
          return key;
        }
      }
    }
    throw new RecordException("box " + box.id() + " has no records of owner " + owner);
  }

  /** Under which name a record is catalogued, and which of two is newer. */
  private record Named(RecordKind kind, OwnerId owner, String name, long revision) {}
}
