package tv.hearth.headend.registry.shell;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.headend.registry.enrol.CertificateDesk;
import tv.hearth.headend.registry.enrol.Enrolment;
import tv.hearth.headend.registry.fleet.FleetBox;
import tv.hearth.headend.registry.fleet.Silence;
import tv.hearth.headend.registry.fleet.SilenceWatch;
import tv.hearth.headend.registry.map.MapKeeper;
import tv.hearth.headend.registry.map.MapPublisher;
import tv.hearth.headend.registry.map.Recovery;
import tv.hearth.headend.registry.message.Inbox;
import tv.hearth.headend.registry.node.HeadendNeighbourhood;
import tv.hearth.headend.registry.node.OwnCertificate;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.store.CatalogueStore;
import tv.hearth.headend.registry.store.Database;
import tv.hearth.headend.registry.store.FleetStore;
import tv.hearth.headend.registry.store.MapStore;
import tv.hearth.headend.registry.web.FleetPages;
import tv.hearth.headend.registry.web.HeadendPages;
import tv.hearth.headend.registry.web.LevelPages;
import tv.hearth.headend.registry.web.ListenerTls;
import tv.hearth.headend.registry.web.Pages;
import tv.hearth.headend.registry.web.RepositoryPages;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.level.Levels;
import tv.hearth.support.record.RecordException;
import tv.hearth.support.thread.Failures;

/**
 * A running headend: registry, enrolment listener and map. Everything that the map depends on is in
 * the registry's file, so that it may be stopped and started at any moment. Thread-safe.
 */
public final class Headend implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Headend.class.getName());
  private static final long TICK_SECONDS = 2;

  private final Credentials credentials;
  private final Neighbours neighbours;
  private final Clock clock;
  private final Database database;
  private final FleetStore fleet;
  private final MapKeeper maps;
  private final MapPublisher publisher;
  private final Inbox inbox;
  private final OwnCertificate certificate;
  private final Door door;
  private final RepositoryPages repository;
  private final ScheduledExecutorService worker;
  private final Failures failures = new Failures("the registry's worker");
  private final SilenceWatch silence;
  private volatile String trouble = "";

  /** Starts it; a listener that can't bind is tried again, and its trouble is in the health. */
  public Headend(
      Settings settings,
      Credentials credentials,
      Neighbours neighbours,
      Clock clock,
      SecureRandom random)
      throws IOException, RecordException {
    this.credentials = credentials;
    this.neighbours = neighbours;
    this.clock = clock;
    this.database = new Database(settings.database());
    this.worker = Executors.newSingleThreadScheduledExecutor(Headend::thread);
    this.fleet = new FleetStore(database);
    CatalogueStore catalogue = new CatalogueStore(database, settings.recordsPerOwner());
    this.maps = keeper(settings);
    this.publisher =
        new MapPublisher(
            maps, credentials.neighbourhood(), clock, worker, settings.settle(), neighbours.bus());
    CertificateDesk desk = new CertificateDesk(credentials, random);
    ServiceGate<SignatureVerifier> verifier = neighbours.verifier();
    this.inbox =
        new Inbox(
            credentials,
            fleet,
            catalogue,
            clock,
            worker,
            verifier,
            publisher::fleetChanged,
            maps::level);
    this.certificate = new OwnCertificate(credentials, desk);
    Enrolment enrolment = new Enrolment(credentials, fleet, desk, clock, verifier, publisher);
    FleetPages pages =
        new FleetPages(
            credentials.neighbourhood(),
            fleet,
            catalogue,
            maps,
            inbox.twins(),
            clock,
            publisher::fleetChanged,
            new LevelPages(
                fleet, maps, neighbours.work()::underWay, clock, publisher::fleetChanged));
    this.repository = new RepositoryPages(settings.repository());
    Pages all = new HeadendPages(enrolment, pages, neighbours.pages(), repository, credentials);
    ListenerTls tls = new ListenerTls(credentials, desk, hosts(settings), clock, random);
    this.door = new Door(settings, tls, all);
    door.open();
    this.silence = new SilenceWatch(new Silence(settings.silence()));
    worker.scheduleWithFixedDelay(failures.guard(this::tick), 0, TICK_SECONDS, TimeUnit.SECONDS);
  }

  private MapKeeper keeper(Settings settings) throws IOException, RecordException {
    try {
      MapStore store = new MapStore(database);
      Recovery.run(credentials, fleet, store, clock.instant());
      return new MapKeeper(credentials, fleet, store, settings.mapLife(), Levels.KNOWN);
    } catch (IOException | RecordException | RuntimeException e) {
      worker.shutdownNow();
      database.close();
      throw e;
    }
  }

  private static List<String> hosts(Settings settings) {
    List<String> hosts = new ArrayList<>(settings.names());
    hosts.add(settings.host());
    return hosts;
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "hearth-registry");
    thread.setDaemon(true);
    return thread;
  }

  private void tick() {
    try {
      door.open();
      if (neighbours.identity().now().isPresent()) {
        Instant now = clock.instant();
        neighbours
            .identity()
            .call(
                identity -> {
                  certificate.renew(identity, now);
                  return null;
                });
      }
      removeSilent(clock.instant());
      publisher.refresh();
      trouble = "";
    } catch (IdentityException | RuntimeException e) {
      trouble = e.getMessage();
      LOG.log(System.Logger.Level.WARNING, "the headend has trouble: " + trouble, e);
    }
  }

  private void removeSilent(Instant now) {
    boolean connected = neighbours.bus().now().filter(MessageBus::connected).isPresent();
    if (!silence.isDue(connected, now)) {
      return;
    }
    List<FleetBox> gone = silence.judge(fleet.boxes(), now);
    fleet.transaction(
        () -> {
          gone.forEach(fleet::put);
          return null;
        });
    gone.forEach(
        box ->
            LOG.log(
                System.Logger.Level.WARNING,
                "box {0} is no member any more: no sign of life since {1}",
                box.id(),
                box.lastSeen()));
  }

  /** A service came or was replaced: looks at once, not at the next tick. */
  public void neighboursChanged() {
    worker.execute(failures.guard(this::tick));
  }

  /** The repository of releases; it has nothing where none is configured. */
  public RepositoryPages repository() {
    return repository;
  }

  /** Another bus is there. */
  public void busChanged() {
    worker.execute(failures.guard(publisher::busChanged));
  }

  /** Takes what boxes tell. */
  public Inbox inbox() {
    return inbox;
  }

  /** The present map to bundles of this node. */
  public Neighbourhood neighbourhood() {
    return new HeadendNeighbourhood(credentials.neighbourhood(), maps::map);
  }

  /** The enrolment listener's port; 0 while it does not listen. */
  public int port() {
    return door.port();
  }

  /** How it is. */
  public HealthProbe.Health health() {
    String reason = door.trouble().isEmpty() ? trouble : door.trouble();
    if (!reason.isEmpty()) {
      return HealthProbe.Health.failed(reason);
    }
    String worst = failures.trouble() + inbox.twins().trouble();
    return worst.isEmpty() ? HealthProbe.Health.OK : HealthProbe.Health.degraded(worst);
  }

  /** Its readings. */
  public List<Meter> meters() {
    return List.of(
        Meter.gauge("registry.members.boxes", fleet.members()),
        Meter.counter("registry.worker.failures.count", failures.count()),
        Meter.gauge("registry.map.version", maps.map().map(m -> m.version()).orElse(0L)),
        Meter.gauge("registry.map.bytes", maps.signed().length),
        Meter.counter("registry.map.published.messages", publisher.published()),
        Meter.counter("registry.inbox.taken.messages", inbox.taken()),
        Meter.counter("registry.inbox.refused.messages", inbox.refused()),
        Meter.counter("registry.inbox.dropped.messages", inbox.dropped()),
        Meter.counter("registry.repository.sent.bytes", repository.sent()),
        Meter.gauge("registry.listener.open.connections", door.connections()),
        Meter.counter("registry.listener.refused.connections", door.turnedAway()));
  }

  @Override
  public void close() {
    door.close();
    worker.shutdown();
    try {
      if (!worker.awaitTermination(200, TimeUnit.MILLISECONDS)) {
        worker.shutdownNow();
      }
    } catch (InterruptedException e) {
      worker.shutdownNow();
      Thread.currentThread().interrupt();
    }
    database.close();
  }
}
