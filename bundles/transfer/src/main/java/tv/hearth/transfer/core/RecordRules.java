package tv.hearth.transfer.core;

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
import tv.hearth.support.record.RecordException;
import tv.hearth.support.replica.Envelope;
import tv.hearth.support.replica.ReplicaRules;

/**
 * What a holder accepts as a record, and what it keeps then. Pure. In order: the subject is an
 * owner in the map; the owner signed it, as that kind; its envelope says the same as its key, and
 * what is known of its form holds; it is newer than what is kept.
 */
public final class RecordRules {
  private RecordRules() {}

  /** A record whose signature, form and name were checked. */
  public record Checked(Envelope envelope, Bytes signed) {
    /** Where it is kept. */
    public RecordKey key() {
      return envelope.key();
    }

    /** What a tombstone may forbid. */
    public Optional<ObjectId> object() {
      return envelope.object();
    }
  }

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
    byte[] payload = Grants.verified(signed, Envelope.type(key), owner, map, verifier);
    try {
      return new Checked(Envelope.read(key, payload), Bytes.of(signed));
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
    try {
      return ReplicaRules.merge(record.envelope(), record.signed(), kept);
    } catch (ReplicaRules.NotKeptException e) {
      throw new Refusal(e.isConflict() ? Problem.CONFLICT : Problem.REFUSED, e.getMessage());
    }
  }

  private static Refusal refused(String message) {
    return new Refusal(Problem.REFUSED, message);
  }
}
