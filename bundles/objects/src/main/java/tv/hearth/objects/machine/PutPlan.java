package tv.hearth.objects.machine;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tv.hearth.api.value.BoxId;
import tv.hearth.objects.core.CodeShape;
import tv.hearth.objects.core.Layout;

/**
 * One segment that is to be put. Immutable.
 *
 * @param segment its number, for messages
 * @param shape how many pieces restore it, how many there are and how many must be stored
 * @param holders who gets a piece, by its index; n of them
 * @param spares who may take a lost piece, best first
 * @param stripes of the segment, so units of each piece
 * @param batch stripes that go in a batch; the last one has what is left
 * @param buffers batches that can be under way at a time
 */
public record PutPlan(
    int segment,
    CodeShape shape,
    List<BoxId> holders,
    List<BoxId> spares,
    int stripes,
    int batch,
    int buffers) {

  /** Copies; throws {@link IllegalArgumentException} where it can't be. */
  public PutPlan {
    holders = List.copyOf(holders);
    spares = List.copyOf(spares);
    Set<BoxId> boxes = new HashSet<>(holders);
    boxes.addAll(spares);
    boolean distinct = boxes.size() == holders.size() + spares.size();
    if (holders.size() != shape.n() || !distinct || stripes < 1 || batch < 1 || buffers < 1) {
      throw new IllegalArgumentException(
          "no put of "
              + shape.n()
              + " pieces to "
              + boxes.size()
              + " different boxes, "
              + stripes
              + " stripes in batches of "
              + batch
              + ", "
              + buffers
              + " at a time");
    }
  }

  /** How many batches there are. */
  public int batches() {
    return (stripes + batch - 1) / batch;
  }

  /** Stripes of a batch. */
  public int stripes(int number) {
    return Math.min(batch, stripes - number * batch);
  }

  /** The byte of each piece at which a batch's chunk begins. */
  public long offset(int number) {
    return (long) number * batch * Layout.UNIT;
  }

  /** The byte of each piece after a batch's chunk. */
  public long end(int number) {
    return offset(number) + (long) stripes(number) * Layout.UNIT;
  }
}
