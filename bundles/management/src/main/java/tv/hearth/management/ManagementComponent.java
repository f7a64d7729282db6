package tv.hearth.management;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
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
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.datamodel.EventSink;
import tv.hearth.api.datamodel.ModelObject;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.api.update.Release;
import tv.hearth.api.update.UpdateAgent;
import tv.hearth.api.update.UpdateListener;
import tv.hearth.management.agent.Agent;
import tv.hearth.management.model.DataModel;
import tv.hearth.management.notify.Notifier;
import tv.hearth.management.notify.Subscriptions;
import tv.hearth.management.object.DeploymentUnits;
import tv.hearth.management.object.ExecutionUnits;
import tv.hearth.management.object.Operations;
import tv.hearth.management.object.SoftwareModules;
import tv.hearth.management.store.RequestTable;
import tv.hearth.management.store.Table;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.io.Home;
import tv.hearth.support.thread.KeptThread;

/** The USP agent on one thread of its own. */
@Component(
    service = {EventSink.class, UpdateListener.class, MeterSource.class, HealthProbe.class},
    immediate = true,
    configurationPid = "tv.hearth.management")
@Designate(ocd = ManagementConfig.class)
public final class ManagementComponent
    implements EventSink, UpdateListener, MeterSource, HealthProbe, BoxObjects.Facts {
  private static final System.Logger LOG = System.getLogger(ManagementComponent.class.getName());
  private static final int REQUESTS = 64;
  private static final int HAPPENINGS = 256;
  private static final long LONGEST_WAIT_MILLIS = 500;
  private static final int SUBSCRIPTIONS = 128;

  private final ServiceGate<MessageBus> bus = new ServiceGate<>("MessageBus", Duration.ZERO);
  private final ServiceGate<Identity> identity = new ServiceGate<>("Identity", Duration.ZERO);
  private final ServiceGate<Neighbourhood> neighbourhood =
      new ServiceGate<>("Neighbourhood", Duration.ZERO);
  private final ServiceGate<UpdateAgent> update = new ServiceGate<>("UpdateAgent", Duration.ZERO);
  private final List<ModelObject> contributed = new CopyOnWriteArrayList<>();
  private final List<ModelObject> own = new ArrayList<>();
  private final Inbox inbox = new Inbox(REQUESTS, HAPPENINGS);
  private final Ends ends = new Ends();
  private final InstantSource clock = InstantSource.system();
  private final BundleContext context;
  private final Controllers controllers;
  private final Notifier notifier;
  private final Operations operations;
  private final Subscriptions subscriptions;
  private final RequestTable requests;
  private final Agent agent;
  private final Repeats repeats = new Repeats(clock);
  private final long lookMillis;
  private final long periodicMillis;
  private final KeptThread thread;
  private volatile String caller = "";
  private volatile Endpoint endpoint;
  private ServiceRegistration<MessageHandler> handler;
  private boolean connected;
  private boolean booted;
  // Weakly: else an agent that was exchanged would stay, class loader and all.
  private WeakReference<UpdateAgent> caughtUp = new WeakReference<>(null);
  private long nextPeriodic;
  private long nextLook;

  /** Made by Declarative Services. */
  @Activate
  public ManagementComponent(BundleContext context, ManagementConfig config) {
    this.context = context;
    this.controllers = Controllers.parse(config.controllers());
    this.lookMillis = 1000L * within("lookSeconds", config.lookSeconds(), 1, 3_600);
    this.periodicMillis = 1000L * within("periodicSeconds", config.periodicSeconds(), 60, 604_800);
    this.nextPeriodic = clock.millis() + periodicMillis;
    Path folder = Home.folder(context, "management");
    DataModel model = new DataModel(this::objects);
    try {
      Table table = new Table(folder.resolve("subscriptions"), SUBSCRIPTIONS);
      subscriptions = new Subscriptions(table, () -> controllers.pathOf(caller), clock);
      SecureRandom random = new SecureRandom();
      notifier =
          new Notifier(subscriptions, model, this::send, folder.resolve("pending"), clock, random);
      requests =
          new RequestTable(
              folder.resolve("requests"), clock, random, notifier::complete, this::cancel);
      own.add(subscriptions);
    } catch (IOException e) {
      throw new UncheckedIOException("management can't keep its state in " + folder, e);
    }
    operations = new Operations(update::now, requests::running, notifier);
    ExecutionUnits units = new ExecutionUnits(operations);
    own.addAll(
        List.of(
            controllers,
            new ControllerMtps(controllers),
            new ControllerMtps.Mqtt(controllers, () -> topic("")),
            requests,
            units,
            new SoftwareModules(operations, units),
            new DeploymentUnits(operations)));
    own.addAll(new BoxObjects(config, this, context::getProperty).all());
    agent = new Agent(model, requests, controllers::trust, (id, response) -> notifier.received(id));
    thread = new KeptThread("hearth-management", this::run);
    thread.start();
  }

  private static int within(String name, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(name + " is not within " + least + "…" + most);
    }
    return value;
  }

  private List<ModelObject> objects() {
    List<ModelObject> all = new ArrayList<>(own);
    all.addAll(contributed);
    return all;
  }

  @Override
  public String box() {
    return identity.now().map(me -> me.box().toString()).orElse("");
  }

  @Override
  public String endpointId() {
    return "proto::hearth-" + box();
  }

  @Override
  public String version() {
    return update.now().map(UpdateAgent::installed).map(Release::version).orElse("");
  }

  @Override
  public boolean isConnected() {
    return bus.now().map(MessageBus::connected).orElse(false);
  }

  @Override
  public String topic(String end) {
    Optional<String> name = neighbourhood.now().flatMap(Neighbourhood::name);
    return name.map(hood -> "hearth/v1/" + hood + "/box/" + box() + "/" + end).orElse("");
  }

  @Override
  public String modelInMap() {
    return identity
        .now()
        .flatMap(
            me -> neighbourhood.now().flatMap(Neighbourhood::map).flatMap(map -> map.box(me.box())))
        .map(MapBox::model)
        .orElse("");
  }

  @Deactivate
  void close() {
    thread.close();
    thread.join(2_000);
    if (handler != null) {
      handler.unregister();
    }
  }

  private void run() throws InterruptedException {
    while (!thread.closed()) {
      try {
        turn();
      } catch (RuntimeException | Error e) { // errors too: one request must not end the agent
        thread.failures().note(e);
      }
    }
  }

  private void turn() throws InterruptedException {
    if (ends.isNew()) {
      ends.take(operations::changed);
    }
    Runnable next = inbox.next(LONGEST_WAIT_MILLIS);
    if (next != null) {
      next.run();
    }
    settle();
    long now = clock.millis();
    if (now >= nextLook) {
      nextLook = now + lookMillis;
      ends.take(operations::changed);
      notifier.tick();
      requests.tick();
      periodic(now);
    }
  }

  @Override
  public List<Meter> read() {
    return List.of(
        Meter.counter("management.thread.failures.count", thread.failures().count()),
        Meter.gauge("management.waiting.notifications", notifier.waiting()));
  }

  @Override
  public Health check() {
    if (subscriptions.isNewer() || requests.isNewer()) {
      return Health.degraded(
          "subscriptions or requests are a newer release's and wait for it: those that are made"
              + " now end with the next restart");
    }
    String trouble = thread.failures().trouble();
    return trouble.isEmpty() ? Health.OK : Health.degraded(trouble);
  }

  private void periodic(long now) {
    if (now >= nextPeriodic) {
      nextPeriodic = now + periodicMillis;
      notifier.event("Device.LocalAgent.", "Periodic!", Map.of());
    }
  }

  /**
   * Begins to listen once this box knows who and where it is, and greets when the line is there.
   */
  private void settle() {
    if (endpoint == null && !box().isEmpty() && !topic("").isEmpty()) {
      endpoint =
          new Endpoint(
              endpointId(),
              topic(""),
              agent,
              calling -> caller = calling,
              controllers::topicOf,
              repeats);
      Dictionary<String, Object> properties = new Hashtable<>();
      properties.put(MessageHandler.TOPICS, endpoint.listensAt());
      handler = context.registerService(MessageHandler.class, this::received, properties);
    }
    Optional<UpdateAgent> there = update.now();
    if (there.isPresent() && caughtUp.get() != there.get()) {
      caughtUp = new WeakReference<>(there.get());
      operations.catchUp(there.get());
    }
    boolean now = endpoint != null && isConnected();
    if (now && !connected) {
      controllers
          .endpoints()
          .forEach(
              each ->
                  bus.now()
                      .ifPresent(
                          line -> line.offer(endpoint.hello(each, controllers.topicOf(each)))));
    }
    if (endpoint != null && !booted) {
      booted = true;
      notifier.event(
          "Device.", "Boot!", Map.of("Cause", "LocalReboot", "FirmwareUpdated", "false"));
    }
    connected = now;
  }

  private void received(Message message) {
    if (!inbox.asked(() -> answer(message))) {
      endpoint.refusal(message, REQUESTS).ifPresent(this::refuse);
    }
  }

  /**
   * On the bus's own thread, and past its outbox as long as the line takes more: a flood must cost
   * little. What the line does not take now waits in the outbox, for no request goes without word.
   */
  private void refuse(Message refusal) {
    bus.now()
        .ifPresent(
            line -> {
              if (!line.offer(refusal)) {
                line.publish(refusal);
              }
            });
  }

  private void answer(Message message) {
    endpoint.handle(message).ifPresent(reply -> bus.now().ifPresent(line -> line.publish(reply)));
  }

  private void send(String controller, byte[] message) {
    Endpoint way = endpoint;
    Optional<String> to = controllers.endpointAt(controller);
    if (way != null && to.isPresent()) {
      String topic = controllers.topicOf(to.get());
      bus.now().ifPresent(line -> line.publish(way.notification(to.get(), topic, message)));
    }
  }

  private void cancel(String id) {
    operations.cancel(id);
  }

  @Override
  public void event(String object, String event, Map<String, String> arguments) {
    if (!inbox.happened(() -> notifier.event(object, event, arguments))) {
      LOG.log(
          System.Logger.Level.WARNING,
          "more than " + HAPPENINGS + " events wait: one " + event + " is told to nobody");
    }
  }

  @Override
  public void changed(tv.hearth.api.update.Operation operation) {
    if (operation.ended()) {
      ends.add(operation);
      inbox.wake();
    }
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void addObject(ModelObject object) {
    contributed.add(object);
  }

  void removeObject(ModelObject object) {
    contributed.remove(object);
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

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setUpdate(UpdateAgent service) {
    update.open(service);
  }

  void unsetUpdate(UpdateAgent service) {
    update.close(service);
  }
}
