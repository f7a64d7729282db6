package tv.hearth.api.payload;

import java.util.BitSet;
import java.util.concurrent.CompletableFuture;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;

/**
 * Chunks of release payloads from neighbours, over mutual TLS. Futures complete exceptionally with
 * {@link tv.hearth.api.transfer.TransferException}; cancelling one ends its request. Every call is
 * bounded in time and bytes; nothing is verified here. Thread-safe.
 */
public interface PayloadTransfer {
  /**
   * Which chunks the neighbour holds; NOT_FOUND where it neither has nor fetches the payload. Bits
   * beyond the payload's last chunk mean nothing.
   */
  CompletableFuture<BitSet> held(BoxId at, Bytes root);

  /**
   * One chunk.
   *
   * @param length its length in bytes, 1…{@link PayloadSource#MAX_CHUNK}; the last may be shorter
   *     than the rest
   */
  CompletableFuture<byte[]> chunk(BoxId from, Bytes root, int index, int length);
}
