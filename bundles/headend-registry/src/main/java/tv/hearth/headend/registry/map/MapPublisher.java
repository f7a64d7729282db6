package tv.hearth.headend.registry.map;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.headend.registry.enrol.Enrolment;
import tv.hearth.headend.registry.store.RegistryException;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.record.SignedMap;

/**
 * Publishes the map as a retained message: {@code settle} after the first of some changes, when the
 * broker is there (again), and every hour in case a broker lost what it retained. Thread-safe.
 */
public final class MapPublisher implements Enrolment.Changes {
  private static final System.Logger LOG = System.getLogger(MapPublisher.class.getName());
  private static final Duration AGAIN = Duration.ofHours(1);
  private final MapKeeper maps;
  private final Clock clock;
  private final ScheduledExecutorService worker;
  private final Duration settle;
  private final ServiceGate<MessageBus> bus;
  private final String topic;
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AtomicLong published = new AtomicLong();
  private boolean connected;
  private Instant last = Instant.EPOCH;

  /** With a worker of one thread. */
  public MapPublisher(
      MapKeeper maps,
      String neighbourhood,
      Clock clock,
      ScheduledExecutorService worker,
      Duration settle,
      ServiceGate<MessageBus> bus) {
    this.maps = maps;
    this.clock = clock;
    this.worker = worker;
    this.settle = settle;
    this.bus = bus;
    this.topic = "hearth/v1/" + neighbourhood + "/map";
  }

  @Override
  public void fleetChanged() {
    if (scheduled.compareAndSet(false, true)) {
      try {
        worker.schedule(this::settled, settle.toMillis(), TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        scheduled.set(false); // stopping: the next start compares fleet and map
      }
    }
  }

  private void settled() {
    scheduled.set(false);
    try {
      refresh();
    } catch (RegistryException e) {
      LOG.log(System.Logger.Level.WARNING, "no new map yet, tried again soon", e);
    }
  }

  /** Makes a map where one is due; called on the worker. */
  public void refresh() {
    Instant now = clock.instant();
    boolean made = maps.rebuild(now);
    bus.now().ifPresent(b -> publish(b, made, now));
  }

  private void publish(MessageBus present, boolean made, Instant now) {
    boolean back = present.connected() && !connected;
    connected = present.connected();
    if (made || back || !now.isBefore(last.plus(AGAIN))) {
      byte[] signed = maps.signed();
      present.publish(Message.of(topic, signed).asRetained().withContentType(SignedMap.TYPE));
      last = now;
      published.incrementAndGet();
    }
  }

  /**
   * Another bus took the place of the last one: what that got may be lost. Called on the worker.
   */
  public void busChanged() {
    connected = false;
    last = Instant.EPOCH;
    settled();
  }

  @Override
  public byte[] signedMap() {
    return maps.signed();
  }

  /** Maps handed to the bus. */
  public long published() {
    return published.get();
  }
}
