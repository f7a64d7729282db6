package tv.hearth.telemetry;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.io.Home;
import tv.hearth.support.thread.KeptThread;

/** Reads all meters once an interval, on one thread of lowest priority, and reports them. */
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"tv.hearth.api.health.HealthProbe\"",
    effective = "active")
@Component(
    service = {},
    immediate = true,
    configurationPid = "tv.hearth.telemetry")
@Designate(ocd = TelemetryConfig.class)
public final class TelemetryComponent implements Reporter.Line {
  private static final Logger LOG = System.getLogger(TelemetryComponent.class.getName());

  private static final Map<String, String> OWN_NAME = Map.of("component.name", "telemetry");

  private final ServiceGate<MessageBus> bus = new ServiceGate<>("MessageBus", Duration.ZERO);
  private final ServiceGate<Identity> identity = new ServiceGate<>("Identity", Duration.ZERO);
  private final ServiceGate<Neighbourhood> neighbourhood =
      new ServiceGate<>("Neighbourhood", Duration.ZERO);
  private final Sources<MeterSource> meters = new Sources<>();
  private final Sources<HealthProbe> probes = new Sources<>();
  private final Schedule schedule;
  private final SplittableRandom random = new SplittableRandom();
  private final TimedCalls calls;
  private final ReportStore store;
  private final Reporter reporter;
  private final KeptThread thread;
  private final HealthProbe ownProbe = this::ownHealth;
  private Optional<ServiceRegistration<HealthProbe>> health = Optional.empty();

  /** Made by Declarative Services. */
  @Activate
  public TelemetryComponent(BundleContext context, TelemetryConfig config) {
    this(Home.folder(context, "telemetry").resolve("reports"), config);
    // By hand: a component that is a probe would be asked for itself while it is made.
    health =
        Optional.of(
            context.registerService(HealthProbe.class, ownProbe, new Hashtable<>(OWN_NAME)));
  }

  TelemetryComponent(Path folder, TelemetryConfig config) {
    double jitter = within("jitterPercent", config.jitterPercent(), 0, 50) / 100.0;
    schedule =
        new Schedule(
            1000L * within("intervalSeconds", config.intervalSeconds(), 1, 86_400), jitter);
    calls = new TimedCalls(within("sourceMillis", config.sourceMillis(), 10, 10_000));
    store = open(folder, config);
    reporter = new Reporter(store, this);
    meters.put(this::own, OWN_NAME);
    probes.put(ownProbe, OWN_NAME);
    thread = new KeptThread("hearth-telemetry", Thread.MIN_PRIORITY, this::run);
    thread.start();
  }

  @Deactivate
  void close() {
    health.ifPresent(ServiceRegistration::unregister);
    thread.close();
    calls.close();
    thread.join(200);
  }

  @Override
  public Optional<MessageBus> bus() {
    return bus.now().filter(MessageBus::connected);
  }

  @Override
  public Optional<String> topic() {
    Optional<String> name = neighbourhood.now().flatMap(Neighbourhood::name);
    return name.flatMap(
        hood ->
            identity.now().map(me -> "hearth/v1/" + hood + "/box/" + me.box() + "/up/telemetry"));
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setBus(MessageBus service) {
    bus.open(service);
  }

  void unsetBus(MessageBus service) {
    bus.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setIdentity(Identity service) {
    identity.open(service);
  }

  void unsetIdentity(Identity service) {
    identity.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setNeighbourhood(Neighbourhood service) {
    neighbourhood.open(service);
  }

  void unsetNeighbourhood(Neighbourhood service) {
    neighbourhood.close(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addSource(MeterSource service, Map<String, Object> properties) {
    meters.put(service, properties);
  }

  void removeSource(MeterSource service) {
    meters.remove(service);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addProbe(HealthProbe service, Map<String, Object> properties) {
    probes.put(service, properties);
  }

  void removeProbe(HealthProbe service) {
    probes.remove(service);
  }

  private void run() throws InterruptedException {
    Collector collector = new Collector(meters, probes, calls);
    while (!thread.closed()) {
      Thread.sleep(schedule.next(random));
      tick(collector);
    }
  }

  private void tick(Collector collector) throws InterruptedException {
    try {
      if (!identity.now().map(Boxes::mayReport).orElse(true)) {
        return;
      }
      Reading reading = collector.read();
      reporter.report(System.currentTimeMillis() / 1000, reading);
    } catch (RuntimeException | LinkageError e) {
      // The bus may be replaced while it is used. The next report tells the counters anyway.
      LOG.log(Level.WARNING, "a report was not sent", e);
    }
  }

  /** How it is. */
  HealthProbe.Health ownHealth() {
    String ended = thread.failures().trouble();
    String trouble = ended.isEmpty() ? reporter.trouble() : ended;
    if (trouble.isEmpty() && store.newer() > 0) {
      trouble = store.newer() + " reports wait for the newer release that wrote them";
    }
    return trouble.isEmpty() ? HealthProbe.Health.OK : HealthProbe.Health.degraded(trouble);
  }

  private List<Meter> own() {
    return List.of(
        Meter.gauge("telemetry.kept.reports", store.reports()),
        Meter.counter("telemetry.dropped.reports", store.dropped()),
        Meter.counter("telemetry.lost.reports", reporter.lost()),
        Meter.counter("telemetry.thread.failures.count", thread.failures().count()));
  }

  private static ReportStore open(Path folder, TelemetryConfig config) {
    int reports = within("keptReports", config.keptReports(), 1, 10_000);
    int kib = within("keptKib", config.keptKib(), 16, 65_536);
    try {
      return new ReportStore(folder, reports, 1024L * kib);
    } catch (IOException e) {
      throw new UncheckedIOException("can't open " + folder + ": make it readable", e);
    }
  }

  private static int within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "tv.hearth.telemetry: "
              + name
              + " = "
              + value
              + ": must be within "
              + least
              + ".."
              + most);
    }
    return value;
  }
}
