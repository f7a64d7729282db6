package tv.hearth.tests.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tv.hearth.api.value.PieceId;

/** The pieces of one box: what it was given in this life, and what its disk has for good. */
final class Pieces {
  private final Map<PieceId, Long> arriving = new HashMap<>();
  private final Set<PieceId> durable = new HashSet<>();

  /** Bytes of a piece so far. */
  long length(PieceId piece) {
    return arriving.getOrDefault(piece, 0L);
  }

  /** Takes a chunk where it follows on what is there; says how much is there then. */
  long take(PieceId piece, long from, long to) {
    if (length(piece) == from) {
      arriving.put(piece, to);
    }
    return length(piece);
  }

  /** It is synced: what a receipt says. */
  void sync(PieceId piece) {
    durable.add(piece);
  }

  boolean has(PieceId piece) {
    return durable.contains(piece);
  }

  /** Pieces that had no receipt are gone. */
  void crash() {
    arriving.keySet().retainAll(durable);
  }
}
