package tv.hearth.update.payload;

import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;

/** Other boxes, as a fetch sees them. */
public interface Neighbours {
  /** This box. */
  BoxId self();

  /** Members of the neighbourhood beside this box; none where that is not known now. */
  List<BoxId> members();

  /** What it holds; fails where it neither has nor fetches the payload. */
  CompletableFuture<BitSet> held(BoxId at, Bytes root);

  /** A chunk, not verified. */
  CompletableFuture<byte[]> chunk(BoxId from, Bytes root, int index, int length);
}
