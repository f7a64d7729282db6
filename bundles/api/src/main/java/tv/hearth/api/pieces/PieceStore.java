package tv.hearth.api.pieces;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;

/**
 * Durable pieces with quota and verification. A piece is visible once committed, whole and synced,
 * never before; all calls are idempotent. Thread-safe; callers of one piece are serialised.
 */
public interface PieceStore {
  /**
   * Reserves room before a byte comes. Again for the same piece, length and owner: no effect.
   *
   * @param length bytes, more than 0
   * @param unit bytes of a unit, a multiple of 64, at most 1 MiB
   * @param lease when it may be dropped if nobody keeps it
   * @throws StoreException QUOTA, DISK_FULL, READ_ONLY, CONFLICT (there with another length or
   *     owner)
   */
  void reserve(PieceId piece, OwnerId owner, long length, int unit, Instant lease)
      throws StoreException;

  /**
   * Writes remaining bytes at {@code offset}, which must be where the last write ended (or before:
   * rewritten). Returns the length now written. Throws NOT_FOUND without reservation, CONFLICT for
   * a gap or overrun.
   */
  long write(PieceId piece, long offset, ByteBuffer bytes) throws StoreException;

  /** Makes a wholly written piece durable and visible; committed already: just its info. */
  PieceInfo commit(PieceId piece) throws StoreException;

  /** Drops a reservation and what was written under it; none: no effect. */
  void abort(PieceId piece) throws StoreException;

  /**
   * Reads whole units (the last may be shorter), each checked against its hash.
   *
   * @param count as many as fit and exist are read
   * @return bytes read
   * @throws StoreException NOT_FOUND (also for a first unit beyond the end), DAMAGED
   */
  int read(PieceId piece, int firstUnit, int count, ByteBuffer into) throws StoreException;

  /**
   * SHA-256 (domain-separated) of each unit, 32 bytes each, concatenated; the leaves under the
   * root.
   */
  byte[] unitHashes(PieceId piece) throws StoreException;

  /** A committed piece's info. */
  Optional<PieceInfo> stat(PieceId piece) throws StoreException;

  /**
   * Committed pieces after {@code after} (null: from the first) in id order, at most {@code limit}
   * (≤ 1000).
   */
  List<PieceInfo> list(PieceId after, int limit) throws StoreException;

  /** Extends the lease of all of that owner's pieces of an object here; returns how many. */
  int keep(ObjectId object, OwnerId owner, Instant until) throws StoreException;

  /**
   * Deletes all of that owner's pieces of an object, reservations too; returns how many. None is no
   * error.
   */
  int delete(ObjectId object, OwnerId owner) throws StoreException;

  /** Drops pieces and reservations whose lease ended before {@code now}; returns how many. */
  int expire(Instant now) throws StoreException;

  /** Re-reads up to {@code limit} pieces, least recently checked first; sets damaged ones aside. */
  ScrubReport scrub(int limit) throws StoreException;

  /** What is used and what may be. */
  Usage usage() throws StoreException;

  /** What a scrub found. */
  record ScrubReport(int checked, List<PieceId> damaged) {}

  /** Bytes: used by pieces, reserved by unfinished ones, the budget, free on the disk. */
  record Usage(long used, long reserved, long budget, long free, long pieces) {}
}
