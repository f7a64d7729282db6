package tv.hearth.objects.errand;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What waits for one box, in order, and which of it is being told now. What is added again while it
 * is told is told once more: the telling may be of what it was before. Not thread-safe.
 */
final class Turns {
  private final Deque<String> ids = new ArrayDeque<>();
  private String told;
  private boolean again;

  /** Goes to the end. */
  void add(String id) {
    if (id.equals(told)) {
      again = true;
    } else {
      ids.remove(id);
      ids.add(id);
    }
  }

  /** The first that is still wanted is being told from now on; those before it are forgotten. */
  Optional<String> begin(Predicate<String> wanted) {
    again = false;
    for (told = ids.poll(); told != null && !wanted.test(told); ) {
      told = ids.poll();
    }
    return Optional.ofNullable(told);
  }

  /**
   * The telling has ended.
   *
   * @param over true where nothing would change by telling it again
   * @return true where it is done; else it waits at the end
   */
  boolean end(boolean over) {
    boolean done = over && !again;
    if (!done && told != null) {
      ids.add(told);
    }
    told = null;
    again = false;
    return done;
  }

  /** True where nothing waits. */
  boolean isEmpty() {
    return ids.isEmpty();
  }
}
