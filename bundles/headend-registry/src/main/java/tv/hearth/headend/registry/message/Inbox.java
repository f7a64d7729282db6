package tv.hearth.headend.registry.message;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.value.BoxId;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.store.CatalogueStore;
import tv.hearth.headend.registry.store.FleetStore;
import tv.hearth.support.gate.ServiceGate;

/**
 * Queues what boxes tell, at most {@value #MOST} messages and {@value #MOST_OF_A_BOX} of one box,
 * so that one that floods drops its own alone, and takes them in batches, each one transaction.
 * Thread-safe.
 */
public final class Inbox implements MessageHandler {
  private static final System.Logger LOG = System.getLogger(Inbox.class.getName());
  private static final int MOST = 4096;
  private static final int MOST_OF_A_BOX = 1024;
  private static final int BATCH = 256;

  private final BlockingQueue<Message> queue = new ArrayBlockingQueue<>(MOST);
  private final Map<UpMessages.Outcome, AtomicLong> outcomes =
      new EnumMap<>(UpMessages.Outcome.class);
  private final Map<BoxId, Integer> waiting = new HashMap<>();
  private final Twins twins = new Twins();
  private final AtomicLong dropped = new AtomicLong();
  private final String neighbourhood;
  private final UpMessages messages;
  private final FleetStore fleet;
  private final Clock clock;
  private final Executor worker;
  private final ServiceGate<SignatureVerifier> verifier;
  private final Runnable fleetChanged;

  /**
   * With a worker of one thread.
   *
   * @param fleetChanged called where the map is to show what came
   * @param level of the neighbourhood
   */
  public Inbox(
      Credentials credentials,
      FleetStore fleet,
      CatalogueStore catalogue,
      Clock clock,
      Executor worker,
      ServiceGate<SignatureVerifier> verifier,
      Runnable fleetChanged,
      IntSupplier level) {
    this.neighbourhood = credentials.neighbourhood();
    this.messages =
        new UpMessages(
            neighbourhood, fleet, new Catalogue(catalogue, credentials.delegation()), twins, level);
    this.fleet = fleet;
    this.clock = clock;
    this.worker = worker;
    this.verifier = verifier;
    this.fleetChanged = fleetChanged;
    for (UpMessages.Outcome outcome : UpMessages.Outcome.values()) {
      outcomes.put(outcome, new AtomicLong());
    }
  }

  /** The topics that it wants. */
  public List<String> filters() {
    return UpTopic.filters(neighbourhood);
  }

  @Override
  public void received(Message message) {
    Optional<BoxId> box = UpTopic.parse(neighbourhood, message.topic()).map(UpTopic::box);
    if (box.isEmpty() || !queued(box.get(), message)) {
      dropped.incrementAndGet();
      return;
    }
    try {
      worker.execute(this::drain);
    } catch (RejectedExecutionException e) {
      LOG.log(System.Logger.Level.DEBUG, "a message came while the registry was stopping");
    }
  }

  private boolean queued(BoxId box, Message message) {
    synchronized (waiting) {
      int count = waiting.getOrDefault(box, 0);
      if (count >= MOST_OF_A_BOX || !queue.offer(message)) {
        return false;
      }
      waiting.put(box, count + 1);
      return true;
    }
  }

  private List<Message> batch() {
    List<Message> batch = new ArrayList<>(BATCH);
    synchronized (waiting) {
      queue.drainTo(batch, BATCH);
      for (Message message : batch) {
        BoxId box = UpTopic.parse(neighbourhood, message.topic()).orElseThrow().box();
        waiting.computeIfPresent(box, (id, count) -> count == 1 ? null : count - 1);
      }
    }
    return batch;
  }

  private void drain() {
    List<Message> batch = batch();
    if (batch.isEmpty()) {
      return;
    }
    try {
      List<UpMessages.Outcome> came =
          verifier.call(present -> fleet.transaction(() -> takeAll(batch, present)));
      came.forEach(outcome -> outcomes.get(outcome).incrementAndGet());
      if (came.contains(UpMessages.Outcome.FLEET_CHANGED)) {
        fleetChanged.run();
      }
    } catch (RuntimeException | LinkageError e) {
      dropped.addAndGet(batch.size());
      LOG.log(
          System.Logger.Level.WARNING, "dropped " + batch.size() + " messages: " + e.getMessage());
    }
  }

  private List<UpMessages.Outcome> takeAll(List<Message> batch, SignatureVerifier present) {
    return batch.stream().map(message -> messages.take(message, present, clock.instant())).toList();
  }

  /** Boxes whose identity another one has. */
  public Twins twins() {
    return twins;
  }

  /** Messages noted. */
  public long taken() {
    return outcomes.get(UpMessages.Outcome.TAKEN).get()
        + outcomes.get(UpMessages.Outcome.FLEET_CHANGED).get();
  }

  /** Messages refused: not a member's, badly signed, not of the format, or too many. */
  public long refused() {
    return outcomes.get(UpMessages.Outcome.REFUSED).get();
  }

  /** Messages that found the queue full, or no one to verify them. */
  public long dropped() {
    return dropped.get();
  }
}
