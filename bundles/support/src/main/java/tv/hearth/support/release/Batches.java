package tv.hearth.support.release;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import tv.hearth.support.owner.Ownership;

/** Which bundles must be exchanged together: those whose refresh closures meet. */
final class Batches {
  private Batches() {}

  /**
   * The closures of these bundles, joined where they meet.
   *
   * @throws FrameException where one holds a bundle that is not ours
   */
  static List<Set<Long>> of(Frame frame, Collection<Frame.Placed> touched) throws FrameException {
    List<Set<Long>> batches = new ArrayList<>();
    for (Frame.Placed bundle : touched) {
      Set<Long> batch = new HashSet<>(frame.closure(Set.of(bundle.id())));
      batch.add(bundle.id());
      check(frame, bundle, batch);
      for (Iterator<Set<Long>> each = batches.iterator(); each.hasNext(); ) {
        Set<Long> other = each.next();
        if (other.stream().anyMatch(batch::contains)) {
          batch.addAll(other);
          each.remove();
        }
      }
      batches.add(batch);
    }
    return batches;
  }

  private static void check(Frame frame, Frame.Placed bundle, Set<Long> closure)
      throws FrameException {
    for (long id : closure) {
      if (!Ownership.isOurs(frame.name(id))) {
        throw new FrameException(
            "exchanging "
                + bundle.symbolicName()
                + " would restart "
                + frame.name(id)
                + ", which is not ours");
      }
    }
  }
}
