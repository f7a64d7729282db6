package tv.hearth.mqtt;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.io.Home;

/** Offers the bus as a service; owns its session, its inbox and its outbox. */
@Component(
    service = {MessageBus.class, MeterSource.class, HealthProbe.class},
    configurationPid = "tv.hearth.mqtt",
    configurationPolicy = ConfigurationPolicy.REQUIRE)
@Designate(ocd = MqttConfig.class)
public final class MqttComponent implements MessageBus, MeterSource, HealthProbe {
  private static final Duration NOW = Duration.ZERO;

  private final ServiceGate<Identity> identity = new ServiceGate<>("Identity", NOW);
  private final ServiceGate<Neighbourhood> neighbourhood = new ServiceGate<>("Neighbourhood", NOW);
  private final Handlers handlers;
  private final Outbox outbox;
  private final Inbox inbox;
  private final Session session;

  /** Made by Declarative Services. */
  @Activate
  public MqttComponent(BundleContext context, MqttConfig config) {
    this(Home.folder(context, "mqtt").resolve("outbox"), config);
  }

  MqttComponent(Path folder, MqttConfig config) {
    SessionSettings settings = SessionSettings.of(config);
    outbox = open(folder, config);
    handlers = new Handlers(this::handlersChanged);
    inbox = new Inbox(handlers, settings.inFlight());
    Node node = new Node(identity, neighbourhood);
    session = new Session(settings, node, outbox, handlers, inbox, new SplittableRandom());
    inbox.start();
    session.start();
  }

  @Deactivate
  void close() throws IOException {
    session.close();
    inbox.close();
    outbox.close();
  }

  @Override
  public boolean connected() {
    return session.connected();
  }

  @Override
  public void publish(Message message) {
    outbox.add(checked(message), Moment.now());
    session.wake();
  }

  @Override
  public boolean offer(Message message) {
    return session.offer(checked(message));
  }

  @Override
  public List<Meter> read() {
    long failures = session.threadFailures().count() + inbox.threadFailures().count();
    return BusMeters.of(session, outbox.counts(), inbox.counts(), failures);
  }

  @Override
  public Health check() {
    if (outbox.counts().failing()) {
      return Health.degraded("the outbox can't be written; is the disk full or read-only?");
    }
    if (outbox.counts().newer() > 0) {
      return Health.degraded(
          outbox.counts().newer()
              + " files or messages of the outbox wait for the newer release that wrote them");
    }
    String trouble = session.trouble();
    if (!trouble.isEmpty()) {
      return Health.degraded(trouble);
    }
    String threads = session.threadFailures().trouble() + inbox.threadFailures().trouble();
    return threads.isEmpty() ? Health.OK : Health.degraded(threads);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setIdentity(Identity service) {
    identity.open(service);
    session.wake();
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
    session.wake();
  }

  void unsetNeighbourhood(Neighbourhood service) {
    neighbourhood.close(service);
  }

  @Reference(
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      updated = "updatedHandler")
  void addHandler(MessageHandler handler, Map<String, Object> properties) {
    handlers.put(handler, properties);
  }

  void updatedHandler(MessageHandler handler, Map<String, Object> properties) {
    handlers.put(handler, properties);
  }

  void removeHandler(MessageHandler handler) {
    handlers.remove(handler);
  }

  private void handlersChanged() {
    inbox.handlersChanged();
    session.wake();
  }

  private static Message checked(Message message) {
    if (!Filters.validTopic(message.topic()) || message.qos() < 0 || message.qos() > 1) {
      throw new IllegalArgumentException(
          "can't publish to '" + message.topic() + "' at QoS " + message.qos());
    }
    return message;
  }

  private static Outbox open(Path folder, MqttConfig config) {
    int messages = SessionSettings.within("outboxMessages", config.outboxMessages(), 1, 100_000);
    int kib = SessionSettings.within("outboxKib", config.outboxKib(), 64, 1_048_576);
    try {
      return new Outbox(new OutboxLog(folder), messages, 1024L * kib, Moment.now());
    } catch (IOException e) {
      throw new UncheckedIOException("can't open the outbox " + folder + ": make it readable", e);
    }
  }
}
