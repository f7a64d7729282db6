package tv.hearth.objects.town;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.pieces.PieceStore;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.value.ObjectId;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.PieceId;

/** Pieces in memory, as far as the owner's own copy needs them. Thread-safe. */
public final class MemoryPieces implements PieceStore {
  private static final int UNIT = 65_536;
  private final Map<PieceId, byte[]> pieces = new HashMap<>();
  private final Map<PieceId, Boolean> committed = new HashMap<>();
  private boolean full;
  private long reads;

  /** From now on it takes nothing. */
  public synchronized void fill() {
    full = true;
  }

  /** The disk is replaced by an empty one. */
  public synchronized void lose() {
    pieces.clear();
    committed.clear();
  }

  /** Pieces that are whole. */
  public synchronized int count() {
    return committed.size();
  }

  /** Reads served. */
  public synchronized long reads() {
    return reads;
  }

  @Override
  public synchronized void reserve(
      PieceId piece, OwnerId owner, long length, int unit, Instant lease) throws StoreException {
    if (full) {
      throw new StoreException(StoreException.Problem.DISK_FULL, "the disk is full");
    }
    pieces.computeIfAbsent(piece, id -> new byte[(int) length]);
  }

  @Override
  public synchronized long write(PieceId piece, long offset, ByteBuffer bytes) {
    int count = bytes.remaining();
    bytes.get(pieces.get(piece), (int) offset, count);
    return offset + count;
  }

  @Override
  public synchronized PieceInfo commit(PieceId piece) {
    committed.put(piece, true);
    return null;
  }

  @Override
  public synchronized void abort(PieceId piece) {
    pieces.remove(piece);
  }

  @Override
  public synchronized int read(PieceId piece, int firstUnit, int count, ByteBuffer into)
      throws StoreException {
    if (!committed.containsKey(piece)) {
      throw new StoreException(StoreException.Problem.NOT_FOUND, "no piece " + piece);
    }
    reads++;
    into.put(pieces.get(piece), firstUnit * UNIT, count * UNIT);
    return count * UNIT;
  }

  @Override
  public byte[] unitHashes(PieceId piece) {
    throw new UnsupportedOperationException("not part of these tests");
  }

  @Override
  public synchronized Optional<PieceInfo> stat(PieceId piece) {
    return Optional.empty();
  }

  @Override
  public List<PieceInfo> list(PieceId after, int limit) {
    return List.of();
  }

  @Override
  public int keep(ObjectId object, OwnerId owner, Instant until) {
    return 1;
  }

  @Override
  public synchronized int delete(ObjectId object, OwnerId owner) {
    committed.keySet().removeIf(piece -> piece.object().equals(object));
    pieces.keySet().removeIf(piece -> piece.object().equals(object));
    return 1;
  }

  @Override
  public int expire(Instant now) {
    return 0;
  }

  @Override
  public ScrubReport scrub(int limit) {
    return new ScrubReport(0, List.of());
  }

  @Override
  public Usage usage() {
    return new Usage(0, 0, 0, 0, 0);
  }
}
