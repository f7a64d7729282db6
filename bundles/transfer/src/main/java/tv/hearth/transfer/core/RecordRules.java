package tv.hearth.transfer.core;

import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.DescriptorRecord;
import tv.hearth.support.record.HeadRecord;
import tv.hearth.support.record.KeyGrantRecord;
import tv.hearth.support.record.PlacementRecord;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.RootRecord;
import tv.hearth.support.record.Tombstone;
import tv.hearth.support.text.KeyIds;

/**
 * What a holder accepts as a record, and what it keeps then. Pure. In order: the subject is an
 * owner in the map; the owner signed it, as that kind; its version is known; its content says the
 * same as its key; it is newer than what is kept.
 */
public final class RecordRules {
  private RecordRules() {}

  /**
   * A record whose signature, form and name were checked.
   *
   * @param version of PLACEMENT, KEY_GRANT and ROOT; else 0
   * @param object of DESCRIPTOR, PLACEMENT and TOMBSTONE: what a tombstone may forbid
   * @param head of HEAD, else null
   */
  public record Checked(
      RecordKey key, Bytes signed, long version, Optional<ObjectId> object, HeadRecord head) {}

  /**
   * Checks all that does not depend on what is kept.
   *
   * @throws Refusal REFUSED, with what is wrong
   */
  public static Checked check(RecordKey key, byte[] signed, BoxMap map, SignatureVerifier verifier)
      throws Refusal {
    if (signed.length > RecordStore.MAX_RECORD) {
      throw new Refusal(Problem.REFUSED, 413, "a record has at most 1 MiB");
    }
    OwnerId owner = new OwnerId(key.subject());
    if (key.kind() == RecordKind.KEY_GRANT && !map.contentKeys().containsKey(owner)) {
      throw refused(owner + " is no content authority: it grants no keys");
    }
    byte[] payload = Grants.verified(signed, type(key.kind()), owner, map, verifier);
    try {
      return checked(key, Bytes.of(signed), payload);
    } catch (RecordException e) {
      throw refused(e.getMessage());
    }
  }

  /**
   * What is to be kept under the key from now on; the same list where it is there already.
   *
   * @throws Refusal CONFLICT where something newer is kept
   */
  public static List<Bytes> merge(Checked record, List<Bytes> kept) throws Refusal {
    if (kept.contains(record.signed())) {
      return kept;
    }
    switch (record.key().kind()) {
      case HEAD:
        return HeadRules.merge(record.head(), record.signed(), kept);
      case DESCRIPTOR:
      case TOMBSTONE:
        // The first one says it all: the same hash, or the same deletion.
        return kept.isEmpty() ? List.of(record.signed()) : kept;
      default:
        return newer(record, kept);
    }
  }

  private static List<Bytes> newer(Checked record, List<Bytes> kept) throws Refusal {
    for (Bytes old : kept) {
      long version = version(record.key(), old);
      if (version >= record.version()) {
        throw new Refusal(
            Problem.CONFLICT,
            record.key() + " is there with version " + version + ", not older than offered");
      }
    }
    return List.of(record.signed());
  }

  /** The version of what was accepted before; 0, so that anything replaces it, if unreadable. */
  private static long version(RecordKey key, Bytes old) {
    try {
      return checked(key, old, Sign1.parse(old.toArray()).payload()).version();
    } catch (CborException | RecordException | Refusal e) {
      return 0;
    }
  }

  private static Checked checked(RecordKey key, Bytes signed, byte[] payload)
      throws RecordException, Refusal {
    switch (key.kind()) {
      case DESCRIPTOR:
        DescriptorRecord descriptor = DescriptorRecord.decode(payload);
        named(key, descriptor.owner(), HexFormat.of().formatHex(KeyIds.sha256(payload)));
        return new Checked(key, signed, 0, Optional.of(descriptor.object()), null);
      case PLACEMENT:
        PlacementRecord placement = PlacementRecord.decode(payload);
        String name = PlacementRecord.name(placement.object(), placement.segment());
        named(key, placement.owner(), name);
        return new Checked(key, signed, placement.version(), Optional.of(placement.object()), null);
      case HEAD:
        HeadRecord head = HeadRecord.decode(payload);
        named(key, head.owner(), head.nameId().toString());
        return new Checked(key, signed, 0, Optional.empty(), head);
      case KEY_GRANT:
        KeyGrantRecord grant = KeyGrantRecord.decode(payload);
        named(key, grant.owner(), grant.recipient().text());
        return new Checked(key, signed, grant.version(), Optional.empty(), null);
      case ROOT:
        RootRecord root = RootRecord.decode(payload);
        named(key, root.owner(), "root");
        return new Checked(key, signed, root.version(), Optional.empty(), null);
      default:
        Tombstone tombstone = Tombstone.decode(payload);
        named(key, tombstone.owner(), tombstone.object().text());
        return new Checked(key, signed, 0, Optional.of(tombstone.object()), null);
    }
  }

  private static void named(RecordKey key, OwnerId owner, String name) throws Refusal {
    if (!key.subject().equals(owner.text()) || !key.name().equals(name)) {
      throw refused("the record's content is not what its key names: " + key);
    }
  }

  private static String type(RecordKind kind) {
    switch (kind) {
      case DESCRIPTOR:
        return DescriptorRecord.TYPE;
      case PLACEMENT:
        return PlacementRecord.TYPE;
      case HEAD:
        return HeadRecord.TYPE;
      case KEY_GRANT:
        return KeyGrantRecord.TYPE;
      case ROOT:
        return RootRecord.TYPE;
      default:
        return Tombstone.TYPE;
    }
  }

  private static Refusal refused(String message) {
    return new Refusal(Problem.REFUSED, message);
  }
}
