package tv.hearth.update;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.payload.PayloadSource;
import tv.hearth.api.payload.PayloadTransfer;
import tv.hearth.api.signature.PublicKeyVerifier;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.api.update.Operation;
import tv.hearth.api.update.Release;
import tv.hearth.api.update.Unit;
import tv.hearth.api.update.UpdateAgent;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateListener;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.support.io.Home;
import tv.hearth.support.release.BundleStore;
import tv.hearth.support.release.Exchange;
import tv.hearth.support.release.FolderDisk;
import tv.hearth.support.release.FrameException;
import tv.hearth.support.release.Journal;
import tv.hearth.support.release.Marks;
import tv.hearth.support.release.OsgiFrame;
import tv.hearth.update.engine.Engine;
import tv.hearth.update.engine.Ledger;
import tv.hearth.update.engine.Staging;
import tv.hearth.update.engine.Switch;
import tv.hearth.update.frame.DryRun;
import tv.hearth.update.frame.Loaders;
import tv.hearth.update.frame.OperatorLine;
import tv.hearth.update.frame.OsgiConfigurations;
import tv.hearth.update.frame.OsgiFirmware;
import tv.hearth.update.frame.OsgiVitals;
import tv.hearth.update.frame.Units;
import tv.hearth.update.payload.BoxNeighbours;
import tv.hearth.update.payload.HttpsAccess;
import tv.hearth.update.payload.Origin;
import tv.hearth.update.payload.Shares;
import tv.hearth.update.plan.FileMetadataStore;
import tv.hearth.update.plan.FolderAccess;
import tv.hearth.update.plan.JarManifests;
import tv.hearth.update.plan.TufRepository;
import tv.hearth.update.plan.Verifying;

/** Offers the update agent as a service. */
@Component(
    service = {UpdateAgent.class, MeterSource.class, HealthProbe.class},
    configurationPid = "tv.hearth.update",
    immediate = true)
@Designate(ocd = UpdateConfig.class)
public final class UpdateComponent implements UpdateAgent, MeterSource, HealthProbe {
  private static final Logger LOG = System.getLogger(UpdateComponent.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final long DRAIN_MILLIS = 200;
  private static final int ANSWER_MILLIS = 20_000;
  private static final String ANCHOR = "tv.hearth.anchor";

  private final ServiceGate<PublicKeyVerifier> verifier =
      new ServiceGate<>("the check of signatures (bundle crypto)", PATIENCE);
  private final ServiceGate<ConfigurationAdmin> configurations =
      new ServiceGate<>("ConfigurationAdmin", Duration.ZERO);
  private final ServiceGate<Runnable> anchor = new ServiceGate<>("the anchor", PATIENCE);
  private final BoxNeighbours neighbours = new BoxNeighbours();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(UpdateComponent::thread);
  private final Origin origin;
  private final ServiceRegistration<PayloadSource> source;
  private final List<RepositoryAccess> ways = new CopyOnWriteArrayList<>();
  private final Audience audience = new Audience();
  private final FolderDisk disk;
  private final Loaders loaders;
  private final Ledger ledger;
  private final Agent agent;
  private final OsgiVitals vitals;

  /** Made by Declarative Services. */
  @Activate
  public UpdateComponent(BundleContext context, UpdateConfig config)
      throws IOException, FrameException {
    InstantSource clock = InstantSource.system();
    Path folder = Home.folder(context, "update");
    disk = new FolderDisk(folder);
    OsgiFrame frame = new OsgiFrame(context);
    BundleStore store = new BundleStore(disk);
    Shares shares = new Shares(folder);
    ways.add(new FolderAccess());
    origin = new Origin(this::tls, timer, ANSWER_MILLIS);
    ways.add(new HttpsAccess(origin, neighbours, shares, 1000));
    loaders = new Loaders(context);
    ledger = new Ledger(new Journal(disk), audience);
    agent = new Agent(ledger, new Units(context), clock, !config.repository().isBlank());
    OperatorLine operator = new OperatorLine(() -> configurations.now().orElse(null));
    vitals = new OsgiVitals(context, frame, operator);
    Exchange exchange = new Exchange(frame, store, new Marks(disk));
    String root = config.root().isBlank() ? "../release-root.json" : config.root();
    Staging.Needs needs =
        new Staging.Needs(
            new TufRepository(
                URI.create(config.repository()),
                new FileMetadataStore(folder.resolve("metadata"), folder.resolve(root).normalize()),
                new Verifying(verifier),
                () -> List.copyOf(ways),
                disk,
                clock),
            new OsgiFirmware(context, frame, store),
            new DryRun(context),
            new JarManifests(store),
            () -> hasAnchor(context),
            config.model(),
            neighbours::level,
            (long) config.reserveMib() << 20);
    Staging staging = new Staging(ledger, disk, store, exchange, needs, agent::isToStop);
    Switch change =
        new Switch(
            exchange,
            new OsgiConfigurations(() -> configurations.now().orElse(null)),
            this::takeOver);
    loaders.watch();
    agent.start(
        new Engine(ledger, staging, change, vitals, agent, clock, agent::isCancelled)::goOn);
    audience.start(ledger);
    // Not by Declarative Services: who serves it to neighbours is who this component calls them by.
    source = context.registerService(PayloadSource.class, shares, null);
  }

  private SSLContext tls() throws IOException {
    try {
      return neighbours.identity.call(Identity::enrolmentTls);
    } catch (IdentityException | ServiceMissingException e) {
      throw new IOException("this box can't show a certificate: " + e.getMessage(), e);
    }
  }

  private static Thread thread(Runnable task) {
    Thread thread = new Thread(task, "hearth-update-timer");
    thread.setDaemon(true);
    return thread;
  }

  @Deactivate
  void close() {
    verifier.shut();
    anchor.shut();
    neighbours.shut();
    source.unregister();
    timer.shutdown();
    origin.close();
    agent.close(DRAIN_MILLIS);
    closeDisk();
    loaders.close();
    timer.shutdownNow();
  }

  /** From here on the journal is the anchor's and the next {@code update}'s. */
  private void closeDisk() {
    try {
      disk.close();
    } catch (IOException e) {
      LOG.log(Level.WARNING, "the lock of the update's folder was not closed: " + e.getMessage());
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindVerifier(PublicKeyVerifier service) {
    verifier.open(service);
  }

  void unbindVerifier(PublicKeyVerifier service) {
    verifier.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindIdentity(Identity service) {
    neighbours.identity.open(service);
  }

  void unbindIdentity(Identity service) {
    neighbours.identity.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindNeighbourhood(Neighbourhood service) {
    neighbours.neighbourhood.open(service);
  }

  void unbindNeighbourhood(Neighbourhood service) {
    neighbours.neighbourhood.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindPayloadTransfer(PayloadTransfer service) {
    neighbours.transfer.open(service);
  }

  void unbindPayloadTransfer(PayloadTransfer service) {
    neighbours.transfer.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindConfigurations(ConfigurationAdmin service) {
    configurations.open(service);
  }

  void unbindConfigurations(ConfigurationAdmin service) {
    configurations.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY,
      target = "(hearth.anchor=*)")
  void bindAnchor(Runnable service) {
    anchor.open(service);
  }

  void unbindAnchor(Runnable service) {
    anchor.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindWay(RepositoryAccess service) {
    ways.add(service);
  }

  void unbindWay(RepositoryAccess service) {
    ways.remove(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindListener(ServiceReference<UpdateListener> reference, UpdateListener service) {
    audience.add(service, reference.getBundle().getSymbolicName());
  }

  void unbindListener(UpdateListener service) {
    audience.remove(service);
  }

  @Override
  public Operation start(String id, String target) throws UpdateException {
    return agent.start(id, target);
  }

  @Override
  public void cancel(String id) {
    agent.cancel(id);
  }

  @Override
  public Optional<Operation> operation(String id) {
    return agent.operation(id);
  }

  @Override
  public List<Operation> operations() {
    return agent.operations();
  }

  @Override
  public Release installed() {
    return agent.installed();
  }

  @Override
  public Optional<Release> previous() {
    return agent.previous();
  }

  @Override
  public void set(String symbolicName, Unit.State state) throws UpdateException {
    agent.set(symbolicName, state);
  }

  @Override
  public List<Meter> read() {
    List<Meter> meters = new ArrayList<>();
    List<Operation> all = agent.operations();
    meters.add(Meter.gauge("update.release.counter", agent.installed().counter()));
    meters.add(Meter.gauge("update.leaked.loaders", loaders.leaked()));
    meters.add(Meter.gauge("update.ailing.returns", agent.ailing().isEmpty() ? 0 : 1));
    meters.add(Meter.counter("update.agent.failures.count", agent.failures().count()));
    for (Operation.Phase end :
        List.of(Operation.Phase.COMMITTED, Operation.Phase.FAILED, Operation.Phase.ROLLED_BACK)) {
      meters.add(
          Meter.gauge(
              "update.remembered."
                  + end.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-'),
              all.stream().filter(op -> op.phase() == end).count()));
    }
    return meters;
  }

  @Override
  public Health check() {
    List<String> troubles = new ArrayList<>();
    // First what was seen after a way back: whoever reads on finds how it is now.
    troubles.add(agent.ailing());
    troubles.add(agent.failures().trouble());
    vitals.failedComponents().forEach((bundle, why) -> troubles.add(bundle + ": " + why));
    troubles.removeIf(String::isEmpty);
    return troubles.isEmpty() ? Health.OK : Health.degraded(String.join("; ", troubles));
  }

  private boolean takeOver() {
    try {
      anchor.get().run();
      return true;
    } catch (ServiceMissingException e) {
      return false;
    }
  }

  private static boolean hasAnchor(BundleContext context) {
    for (var bundle : context.getBundles()) {
      if (ANCHOR.equals(bundle.getSymbolicName())) {
        return true;
      }
    }
    return false;
  }
}
