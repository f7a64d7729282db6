package tv.hearth.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.pieces.StoreException.Problem;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;

/**
 * Pieces as files beside an index. Each call enters the gate and holds its piece's lock; what it
 * meets of errors of disk or index leaves as a {@link StoreException}.
 */
final class DiskPieceStore implements PieceStore {
  private static final int MOST_LISTED = 1000;

  /** A piece whose owner is away that long is dropped; its owner begins again. */
  private static final long MOST_IDLE = Duration.ofDays(1).toMillis();

  /** It makes way for others before, once its owner is away that long. */
  private static final long GIVES_WAY = Duration.ofHours(1).toMillis();

  private final Parts parts;
  private final Stripes pieceLocks = new Stripes(256);
  private final Stripes objectLocks = new Stripes(16);
  private final Leaver leaver;
  private final Counters counters;
  private final Calls calls;

  /** What the store is made of. */
  record Parts(
      FileLayer files,
      Layout layout,
      Gate gate,
      PieceIndex index,
      Incoming incoming,
      Committed committed,
      KeepFiles keeps,
      Room room,
      Bytes boot,
      java.time.InstantSource clock,
      Counters counters) {}

  DiskPieceStore(Parts parts) {
    this.parts = parts;
    this.counters = parts.counters();
    this.calls = new Calls(parts.gate(), counters, parts.files(), parts.layout().root());
    this.leaver = new Leaver(parts, pieceLocks);
  }

  @Override
  public void reserve(PieceId piece, OwnerId owner, long length, int unit, Instant lease)
      throws StoreException {
    PieceLimits.check(length, unit);
    PieceHeader wanted = header(piece, owner, length, unit, lease);
    call(
        "reserving room for " + piece,
        null,
        () -> {
          try {
            reserveUnderLock(wanted);
          } catch (StoreException e) {
            boolean noRoom = e.problem() == Problem.QUOTA || e.problem() == Problem.DISK_FULL;
            if (!noRoom || dropIdle(GIVES_WAY) == 0) {
              throw e;
            }
            reserveUnderLock(wanted);
          }
          return null;
        });
  }

  @Override
  public long write(PieceId piece, long offset, ByteBuffer bytes) throws StoreException {
    int count = bytes.remaining();
    long written =
        call(
            "writing " + piece,
            pieceLocks.of(piece),
            () -> parts.incoming().write(reservation(piece), offset, bytes));
    counters.written(count);
    return written;
  }

  @Override
  public PieceInfo commit(PieceId piece) throws StoreException {
    return call("committing " + piece, pieceLocks.of(piece), () -> commitLocked(piece));
  }

  @Override
  public void abort(PieceId piece) throws StoreException {
    call(
        "dropping the reservation of " + piece,
        pieceLocks.of(piece),
        () -> {
          drop(piece);
          return null;
        });
  }

  @Override
  public int read(PieceId piece, int firstUnit, int count, ByteBuffer into) throws StoreException {
    if (firstUnit < 0 || count < 0) {
      throw new IllegalArgumentException("units can't be negative: " + firstUnit + ", " + count);
    }
    int got =
        call(
            "reading " + piece,
            pieceLocks.of(piece),
            () -> parts.committed().read(piece, firstUnit, count, into));
    counters.read(got);
    return got;
  }

  @Override
  public byte[] unitHashes(PieceId piece) throws StoreException {
    return call(
        "reading the unit hashes of " + piece,
        pieceLocks.of(piece),
        () -> parts.committed().hashes(piece));
  }

  @Override
  public Optional<PieceInfo> stat(PieceId piece) throws StoreException {
    return call("looking for " + piece, pieceLocks.of(piece), () -> parts.committed().find(piece));
  }

  @Override
  public List<PieceInfo> list(PieceId after, int limit) throws StoreException {
    if (limit < 0 || limit > MOST_LISTED) {
      throw new IllegalArgumentException("lists 0…1000 pieces at once, not " + limit);
    }
    return call("listing pieces", null, () -> parts.index().list(after, limit));
  }

  @Override
  public int keep(ObjectId object, OwnerId owner, Instant until) throws StoreException {
    long lease = Leases.of(until);
    return call(
        "keeping " + object,
        objectLocks.of(object),
        () -> {
          if (parts.index().count(object, owner) == 0) {
            return 0;
          }
          parts.keeps().extend(object, owner, lease);
          return parts.index().keep(object, owner, lease);
        });
  }

  @Override
  public int delete(ObjectId object, OwnerId owner) throws StoreException {
    return call(
        "deleting " + object,
        objectLocks.of(object),
        () -> {
          int marked = parts.index().leave(object, owner);
          leaver.run(object, owner);
          parts.keeps().forget(object, owner);
          return marked
              + dropAll(h -> h.piece().object().equals(object) && h.owner().equals(owner));
        });
  }

  @Override
  public int expire(Instant now) throws StoreException {
    long end = Leases.of(now);
    int count =
        call(
            "dropping pieces whose lease ended",
            null,
            () -> {
              int marked = parts.index().leaveExpired(end);
              leaver.run();
              return marked + dropAll(header -> header.lease() < end) + dropIdle(MOST_IDLE);
            });
    counters.expired(count);
    return count;
  }

  @Override
  public ScrubReport scrub(int limit) throws StoreException {
    return scrub(limit, Leases.FOREVER, bytes -> true);
  }

  /** As above, of pieces not checked since {@code before}, at a pace. */
  ScrubReport scrub(int limit, long before, Scrub.Pace pace) throws StoreException {
    List<PieceInfo> due =
        call("listing pieces to check", null, () -> parts.index().unchecked(before, limit));
    return new Scrub(this, this::checked, pace).run(due);
  }

  @Override
  public Usage usage() throws StoreException {
    Room room = parts.room();
    return call(
        "asking how full the disk is",
        null,
        () ->
            new Usage(
                room.used(),
                room.reserved(),
                room.budget(),
                parts.files().free(parts.layout().root()),
                room.pieces()));
  }

  /** Deletes what was marked before a restart. */
  void finishDeletes() throws StoreException {
    call(
        "deleting what was marked for it",
        null,
        () -> {
          leaver.run();
          return null;
        });
  }

  /** Runs something under a piece's lock, with errors named. */
  <T> T locked(String doing, PieceId piece, Calls.Op<T> op) throws StoreException {
    return call(doing, pieceLocks.of(piece), op);
  }

  /** Runs something under no lock, with errors named. */
  <T> T unlocked(String doing, Calls.Op<T> op) throws StoreException {
    return call(doing, null, op);
  }

  /** True where a commit of the piece is on its way. */
  boolean isMoving(PieceId piece) {
    return parts.incoming().find(piece).filter(found -> found.moved() != null).isPresent();
  }

  private <T> T call(String doing, ReentrantLock lock, Calls.Op<T> op) throws StoreException {
    return calls.call(doing, lock, op);
  }

  private PieceHeader header(PieceId piece, OwnerId owner, long length, int unit, Instant lease) {
    return new PieceHeader(
        piece, owner, length, unit, Leases.of(lease), false, PieceHeader.NO_ROOT, parts.boot());
  }

  private void reserveUnderLock(PieceHeader wanted)
      throws StoreException, IOException, SQLException {
    Calls.underLock(
        pieceLocks.of(wanted.piece()),
        () -> {
          reserveLocked(wanted);
          return null;
        });
  }

  /** Under no piece's lock. */
  private int dropIdle(long idle) throws StoreException, IOException, SQLException {
    long before = parts.clock().millis() - idle;
    int dropped = 0;
    for (PieceId piece : parts.incoming().idleSince(before)) {
      dropped +=
          Calls.underLock(
              pieceLocks.of(piece),
              () -> {
                Optional<Reservation> found = parts.incoming().find(piece);
                if (found.isEmpty() || found.get().touched() >= before) {
                  return 0;
                }
                parts.incoming().drop(found.get());
                return 1;
              });
    }
    return dropped;
  }

  private void reserveLocked(PieceHeader wanted) throws StoreException, IOException, SQLException {
    PieceId piece = wanted.piece();
    Optional<PieceInfo> here = parts.index().find(piece);
    if (here.isPresent()) {
      PieceInfo info = here.get();
      sameOrConflict(wanted, info.owner(), info.length(), info.unit());
      return;
    }
    if (parts.index().isLeaving(piece)) {
      throw new StoreException(
          Problem.CONFLICT, "piece " + piece + " is just being deleted; reserve it again");
    }
    Optional<Reservation> earlier = parts.incoming().find(piece);
    if (earlier.isPresent() && earlier.get().header().lease() >= parts.clock().millis()) {
      PieceHeader header = earlier.get().header();
      sameOrConflict(wanted, header.owner(), header.length(), header.unit());
      earlier.get().touch(parts.clock().millis());
      return;
    }
    drop(piece);
    parts.incoming().start(wanted);
  }

  private static void sameOrConflict(PieceHeader wanted, OwnerId owner, long length, int unit)
      throws StoreException {
    if (!wanted.owner().equals(owner) || wanted.length() != length || wanted.unit() != unit) {
      throw new StoreException(
          Problem.CONFLICT,
          "piece "
              + wanted.piece()
              + " is here for owner "
              + owner
              + " with "
              + length
              + " bytes in units of "
              + unit);
    }
  }

  private Reservation reservation(PieceId piece) throws StoreException {
    return parts
        .incoming()
        .find(piece)
        .orElseThrow(
            () ->
                new StoreException(
                    Problem.NOT_FOUND, "no room is reserved for " + piece + "; reserve it first"));
  }

  private PieceInfo commitLocked(PieceId piece) throws StoreException, IOException, SQLException {
    Optional<PieceInfo> here = parts.index().find(piece);
    if (here.isPresent()) {
      return here.get();
    }
    Reservation reservation = reservation(piece);
    PieceHeader finished = parts.incoming().finish(reservation);
    // Kept already, before this piece was lost and came again: it stays kept, as the files say.
    long kept = parts.keeps().read(piece.object(), finished.owner());
    PieceInfo info = WholePiece.info(finished, Math.max(kept, finished.lease()));
    parts.committed().add(info, parts.clock().millis());
    parts.incoming().done(reservation);
    return info;
  }

  private void drop(PieceId piece) throws IOException {
    Optional<Reservation> reservation = parts.incoming().find(piece);
    if (reservation.isPresent()) {
      parts.incoming().drop(reservation.get());
    }
  }

  private int dropAll(java.util.function.Predicate<PieceHeader> which)
      throws StoreException, IOException, SQLException {
    int dropped = 0;
    for (PieceId piece : new ArrayList<>(parts.incoming().where(which))) {
      dropped += Calls.underLock(pieceLocks.of(piece), () -> dropIf(piece, which));
    }
    return dropped;
  }

  private int dropIf(PieceId piece, java.util.function.Predicate<PieceHeader> which)
      throws IOException {
    Optional<Reservation> reservation =
        parts.incoming().find(piece).filter(found -> which.test(found.header()));
    if (reservation.isEmpty()) {
      return 0;
    }
    parts.incoming().drop(reservation.get());
    return 1;
  }

  private void checked(PieceId piece) throws StoreException {
    call(
        "noting that " + piece + " is whole",
        null,
        () -> {
          parts.index().checked(piece, parts.clock().millis());
          return null;
        });
  }
}
