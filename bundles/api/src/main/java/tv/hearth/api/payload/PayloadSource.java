package tv.hearth.api.payload;

import java.util.BitSet;
import java.util.Optional;
import tv.hearth.api.value.Bytes;

/**
 * The verified chunks of release payloads that this box holds, offered to its neighbours. A payload
 * is named by the root of its hash tree. Thread-safe; calls read at most one chunk.
 */
public interface PayloadSource {
  /** Most bytes of a chunk. */
  int MAX_CHUNK = 1 << 20;

  /**
   * Which chunks are here and verified.
   *
   * @param root 32 bytes
   * @return empty where this box neither has nor fetches it; a set without a bit where it fetches
   *     it and has nothing yet, by which those who fetch the same know of each other
   */
  Optional<BitSet> held(Bytes root);

  /**
   * A chunk that was verified when it came and is so again when it is read.
   *
   * @param index from 0
   * @return empty where it is not held, or no longer what it was
   */
  Optional<byte[]> chunk(Bytes root, int index);
}
