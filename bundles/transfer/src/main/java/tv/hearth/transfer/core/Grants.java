package tv.hearth.transfer.core;

import java.time.Duration;
import java.time.Instant;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.signature.BadSignatureException;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cose.Sign1;
import tv.hearth.support.record.KeepRecord;
import tv.hearth.support.record.PutGrant;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.record.Tombstone;

/** Orders that an owner signs: put-grants, keeps, tombstones. */
public final class Grants {
  /**
   * How long a piece stays at most that its owner does not keep, from the begin of its put on.
   * Putters ask for 14 days and send a keep once the object is whole, so that only what nobody
   * wants any more ends by this.
   */
  static final Duration MOST_LEASE = Duration.ofDays(30);

  private Grants() {}

  /** Until when a holder leases room by a grant: what it asks for, but not beyond the most. */
  public static Instant lease(PutGrant grant, Instant now) {
    Instant most = now.plus(MOST_LEASE);
    return grant.lease().isBefore(most) ? grant.lease() : most;
  }

  /**
   * The grant of a put, checked: signed by the owner whom the map knows, for this holder and piece,
   * not expired, of the length that is put, within the format's limits.
   *
   * @throws Refusal REFUSED, with what is wrong
   */
  public static PutGrant put(
      byte[] signed,
      PieceId piece,
      long total,
      BoxId me,
      BoxMap map,
      SignatureVerifier verifier,
      Instant now)
      throws Refusal {
    try {
      OwnerId claimed = PutGrant.decode(Sign1.parse(signed).payload()).owner();
      PutGrant grant = PutGrant.decode(verified(signed, PutGrant.TYPE, claimed, map, verifier));
      check(grant.holder().equals(me), "the grant is for another holder: " + grant.holder());
      check(grant.piece().equals(piece), "the grant is for another piece: " + grant.piece());
      check(now.isBefore(grant.expires()), "the grant has expired: ask its owner for a new one");
      check(grant.length() == total, "the grant is for " + grant.length() + " bytes, not " + total);
      check(grant.length() <= Wire.MOST_PIECE, "a piece has at most 64 MiB");
      boolean unit = grant.unit() % 64 == 0 && grant.unit() <= Wire.MOST_UNIT;
      check(unit, "a unit is a multiple of 64 bytes and at most 64 KiB");
      long units = (grant.length() + grant.unit() - 1) / grant.unit();
      check(units <= Wire.MOST_UNITS, "a piece has at most " + Wire.MOST_UNITS + " units");
      return grant;
    } catch (CborException | RecordException e) {
      throw new Refusal(Problem.REFUSED, "put-grant: " + e.getMessage());
    }
  }

  /** A keep, its signature checked against the owner that it names. */
  public static KeepRecord keep(byte[] signed, BoxMap map, SignatureVerifier verifier)
      throws Refusal {
    try {
      OwnerId claimed = KeepRecord.decode(Sign1.parse(signed).payload()).owner();
      return KeepRecord.decode(verified(signed, KeepRecord.TYPE, claimed, map, verifier));
    } catch (CborException | RecordException e) {
      throw new Refusal(Problem.REFUSED, "keep: " + e.getMessage());
    }
  }

  /** A tombstone, its signature checked against the owner that it names. */
  public static Tombstone tombstone(byte[] signed, BoxMap map, SignatureVerifier verifier)
      throws Refusal {
    try {
      OwnerId claimed = Tombstone.decode(Sign1.parse(signed).payload()).owner();
      return Tombstone.decode(verified(signed, Tombstone.TYPE, claimed, map, verifier));
    } catch (CborException | RecordException e) {
      throw new Refusal(Problem.REFUSED, "tombstone: " + e.getMessage());
    }
  }

  /** The payload of what {@code owner} must have signed; REFUSED where it is not so. */
  static byte[] verified(
      byte[] signed, String type, OwnerId owner, BoxMap map, SignatureVerifier verifier)
      throws Refusal {
    Bytes key =
        map.ownerKey(owner)
            .orElseThrow(
                () -> new Refusal(Problem.REFUSED, owner + " is no owner in this neighbourhood"));
    try {
      return verifier.verify(signed, type, key);
    } catch (BadSignatureException e) {
      throw new Refusal(Problem.REFUSED, e.getMessage());
    }
  }

  private static void check(boolean holds, String message) throws Refusal {
    if (!holds) {
      throw new Refusal(Problem.REFUSED, message);
    }
  }
}
