package tv.hearth.api.transfer;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import tv.hearth.api.pieces.RecordKey;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;

/**
 * Pieces and records of neighbours, over HTTP and mutual TLS 1.3. Calls return at once; futures
 * complete on a thread of the provider (keep callbacks short), exceptionally with {@link
 * TransferException}; cancelling one ends its request. Every call is idempotent and bounded in
 * time. Thread-safe.
 */
public interface PieceTransfer {
  /** Most units that one {@link #get} asks for. */
  int MAX_UNITS = 16;

  /**
   * Writes a part of a piece at a holder.
   *
   * @param grant signed put-grant for that piece
   * @param offset where in the piece; follows on the last write, or repeats it
   * @param bytes at most 1 MiB remaining; not to be changed before completion
   * @return after the last byte: the holder's signed receipt
   */
  CompletableFuture<PutReply> put(
      BoxId to, PieceId piece, byte[] grant, long offset, ByteBuffer bytes, TrafficClass traffic);

  /**
   * Whole units of a piece; the last may be shorter. Not checked against any hash.
   *
   * @param count 1…{@value #MAX_UNITS}
   */
  CompletableFuture<byte[]> get(
      BoxId from, PieceId piece, int firstUnit, int count, TrafficClass traffic);

  /** The unit hashes of a piece as its holder has them; check them against the root. */
  CompletableFuture<byte[]> unitHashes(BoxId from, PieceId piece, TrafficClass traffic);

  /** True where the holder has the piece whole. */
  CompletableFuture<Boolean> head(BoxId from, PieceId piece);

  /**
   * Extends the lease of an object's pieces there; {@code keep} is signed by the owner. Completes
   * with how many.
   */
  CompletableFuture<Integer> keep(BoxId at, byte[] keep);

  /**
   * Deletes an object's pieces there; {@code tombstone} is signed by the owner. Completes with how
   * many.
   */
  CompletableFuture<Integer> delete(BoxId at, byte[] tombstone);

  /** Offers a signed record; completes once durable there. CONFLICT where a newer one is there. */
  CompletableFuture<Void> putRecord(BoxId at, RecordKey key, byte[] record);

  /** Records under a key; an empty list where none. Not verified. */
  CompletableFuture<List<Bytes>> records(BoxId at, RecordKey key);

  /** A page of records, as {@link RecordStore#list}. Not verified. */
  CompletableFuture<List<RecordStore.Entry>> listRecords(
      BoxId at, RecordKind kind, String subject, String after);

  /** What the box answered to a put: bytes it has, and the receipt once whole. */
  record PutReply(long written, Optional<byte[]> receipt) {}
}
