package tv.hearth.management;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tv.hearth.api.update.Operation;

/**
 * Ends of updates that controllers have not been told of. Whoever hands one over counts it as told,
 * so none is dropped: it stays until it was taken, also where the disk is full meanwhile. There are
 * as many as an update agent remembers, for one runs at a time. Thread-safe.
 */
final class Ends {
  private static final System.Logger LOG = System.getLogger(Ends.class.getName());
  private final Map<String, Operation> waiting = new LinkedHashMap<>();
  private boolean isNew;

  /** Keeps one; the same again changes nothing. */
  synchronized void add(Operation ended) {
    waiting.put(ended.id(), ended);
    isNew = true;
  }

  /** Whether one came since the last call of {@link #take}. */
  synchronized boolean isNew() {
    return isNew;
  }

  /** Hands all on; those that can't be taken now wait for the next call. */
  void take(Consumer<Operation> to) {
    for (Operation ended : all()) {
      try {
        to.accept(ended);
        taken(ended);
      } catch (RuntimeException e) {
        LOG.log(
            System.Logger.Level.WARNING,
            "the end of " + ended.id() + " can't be told now and waits: " + e.getMessage());
      }
    }
  }

  private synchronized List<Operation> all() {
    isNew = false;
    return new ArrayList<>(waiting.values());
  }

  private synchronized void taken(Operation ended) {
    waiting.remove(ended.id(), ended);
  }
}
