package tv.hearth.objects.errand;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.ObjectId;
import tv.hearth.objects.core.BackOff;
import tv.hearth.objects.io.Boxes;
import tv.hearth.objects.io.Remote;
import tv.hearth.objects.io.Workers;

/**
 * Tells boxes what they missed, until each knows it or it has become useless: one message at a time
 * to each box, and to one that does not answer less and less often, whatever there is to tell.
 * Starts with what the journal has from before. Thread-safe.
 */
public final class Errands {
  private static final System.Logger LOG = System.getLogger(Errands.class.getName());
  private final Journal journal;
  private final Boxes boxes;
  private final Workers workers;
  private final BackOff backOff;
  private final List<String> inherited;
  private final Map<String, Set<BoxId>> left = new HashMap<>();
  private final Map<BoxId, Queue> queues = new HashMap<>();

  /** Nothing is told before {@link #start}. */
  public Errands(Journal journal, Boxes boxes, Workers workers, BackOff backOff) {
    this.journal = journal;
    this.boxes = boxes;
    this.workers = workers;
    this.backOff = backOff;
    this.inherited = journal.ids();
  }

  private static final class Queue {
    private final Turns turns = new Turns();
    private int failures;
    private boolean scheduled;
  }

  /** Takes up what was left before the last stop; returns what this box has to do itself. */
  public List<Errand> start() {
    List<Errand> own = new ArrayList<>();
    for (String id : inherited) {
      Optional<Errand> errand = journal.load(id);
      if (errand.isPresent() && errand.get().kind().isMessage()) {
        queue(errand.get());
      } else {
        errand.ifPresent(own::add);
      }
    }
    return own;
  }

  /** Has all of an errand's boxes told, after a pause; not forgotten over a restart. */
  public synchronized void add(Errand errand) {
    // With the queue under one lock: else the end of an earlier one of that id removes this one.
    journal.add(errand);
    queue(errand);
  }

  /** Remembers an errand that this box does itself. */
  public void note(Errand errand) {
    journal.add(errand);
  }

  /** True until it is done. */
  public boolean has(String id) {
    return journal.has(id);
  }

  /** It is done, or undone; durable when it returns. */
  public void done(String id) {
    journal.remove(id, true);
    synchronized (this) {
      left.remove(id);
    }
  }

  /** Whatever else was to be done about an object is void. */
  public void cancelOthers(ObjectId object, String id) {
    journal.about(object).stream().filter(other -> !other.equals(id)).forEach(this::done);
  }

  /** How many messages wait. */
  public synchronized int waiting() {
    return left.values().stream().mapToInt(Set::size).sum();
  }

  private synchronized void queue(Errand errand) {
    if (!journal.has(errand.id())) {
      return;
    }
    left.put(errand.id(), new HashSet<>(errand.boxes()));
    for (BoxId box : errand.boxes()) {
      Queue queue = queues.computeIfAbsent(box, id -> new Queue());
      queue.turns.add(errand.id());
      schedule(box, queue);
    }
    if (errand.boxes().isEmpty()) {
      done(errand.id());
    }
  }

  private void schedule(BoxId box, Queue queue) {
    if (!queue.scheduled) {
      queue.scheduled = true;
      double chance = ThreadLocalRandom.current().nextDouble();
      workers.after(backOff.pause(queue.failures, chance), () -> next(box));
    }
  }

  /** Tells a box the first thing that waits for it; whatever is thrown, its queue goes on. */
  private void next(BoxId box) {
    try {
      tellFirst(box);
    } catch (RuntimeException | Error e) { // errors too: nobody else would tell that box again
      stumbled(box, e);
    }
  }

  /** Nothing was told, and nobody knows why: later again, as to one that does not answer. */
  private synchronized void stumbled(BoxId box, Throwable why) {
    workers.failures().note(why);
    Queue queue = queues.get(box);
    if (queue != null) {
      queue.turns.end(false);
      queue.scheduled = false;
      queue.failures++;
      again(box, queue);
    }
  }

  private void tellFirst(BoxId box) {
    String id = first(box);
    if (id == null || workers.closed()) {
      return;
    }
    Optional<Errand> errand = journal.load(id);
    if (errand.isEmpty() || errand.get().until().isBefore(Instant.now())) {
      errand.ifPresent(e -> LOG.log(System.Logger.Level.WARNING, "too late for {0}", id));
      drop(id, box);
      workers.execute(() -> next(box));
      return;
    }
    Errand.Kind kind = errand.get().kind();
    tell(errand.get(), box)
        .whenComplete((done, failure) -> workers.execute(() -> told(kind, id, box, failure)));
  }

  private void drop(String id, BoxId box) {
    done(id);
    synchronized (this) {
      Queue queue = queues.get(box);
      if (queue != null) {
        queue.turns.end(true);
      }
    }
  }

  private synchronized String first(BoxId box) {
    Queue queue = queues.get(box);
    Optional<String> id =
        queue == null
            ? Optional.empty()
            : queue.turns.begin(other -> left.getOrDefault(other, Set.of()).contains(box));
    if (id.isEmpty()) {
      queues.remove(box);
    }
    return id.orElse(null);
  }

  private CompletableFuture<?> tell(Errand errand, BoxId box) {
    try {
      return send(errand, box);
    } catch (RuntimeException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  private CompletableFuture<?> send(Errand errand, BoxId box) {
    byte[] message = errand.message().toArray();
    switch (errand.kind()) {
      case KEEP:
        return boxes.keep(box, message);
      case ERASE:
        return boxes.delete(box, message);
      default:
        return boxes.putRecord(box, errand.record().orElseThrow(), message);
    }
  }

  private void told(Errand.Kind kind, String id, BoxId box, Throwable failure) {
    try {
      settle(kind, id, box, failure);
    } catch (RuntimeException | Error e) {
      stumbled(box, e);
    }
  }

  private void settle(Errand.Kind kind, String id, BoxId box, Throwable failure) {
    boolean over = failure == null || isFinal(kind, Remote.reason(failure).problem());
    synchronized (this) {
      Queue queue = queues.get(box);
      if (queue == null) {
        return;
      }
      boolean done = queue.turns.end(over);
      queue.scheduled = false;
      queue.failures = over ? 0 : queue.failures + 1;
      if (done && isLast(id, box)) {
        journal.remove(id, false);
      }
      if (!over || queue.turns.isEmpty()) {
        again(box, queue);
      } else {
        queue.scheduled = true;
        workers.execute(() -> next(box));
      }
    }
  }

  private void again(BoxId box, Queue queue) {
    if (queue.turns.isEmpty()) {
      queues.remove(box);
    } else {
      schedule(box, queue);
    }
  }

  private synchronized boolean isLast(String id, BoxId box) {
    Set<BoxId> others = left.get(id);
    if (others == null) {
      return false;
    }
    others.remove(box);
    if (others.isEmpty()) {
      left.remove(id);
    }
    return others.isEmpty();
  }

  /**
   * Telling again would change nothing. A refused keep or deletion may be due to a map that the
   * holder does not have yet.
   */
  public static boolean isFinal(Errand.Kind kind, Problem problem) {
    return problem == Problem.NOT_FOUND
        || problem == Problem.CONFLICT
        || problem == Problem.REFUSED && kind == Errand.Kind.RECORD;
  }
}
