package tv.hearth.headend.registry.shell;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.operator.FleetWork;
import tv.hearth.api.operator.OperatorPages;
import tv.hearth.api.operator.PublishedFiles;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.web.Limits;
import tv.hearth.lib.sqlite.SqliteLibrary;
import tv.hearth.support.io.Home;
import tv.hearth.support.record.RecordException;

/** The headend's registry in an OSGi framework. */
@Component(
    configurationPid = RegistryConfig.PID,
    configurationPolicy = ConfigurationPolicy.REQUIRE,
    immediate = true,
    service = {MeterSource.class, HealthProbe.class})
@Designate(ocd = RegistryConfig.class)
public final class RegistryComponent implements MeterSource, HealthProbe {
  private final Neighbours neighbours = Neighbours.closed();
  private final Headend headend;
  private final ServiceRegistration<MessageHandler> handler;
  private final ServiceRegistration<Neighbourhood> neighbourhood;
  private final Optional<ServiceRegistration<PublishedFiles>> published;

  /** Starts the headend. */
  @Activate
  public RegistryComponent(BundleContext context, RegistryConfig config)
      throws IOException, RecordException {
    Credentials credentials = credentials(config);
    check(config, credentials);
    SqliteLibrary.load(context.getProperty(SqliteLibrary.PROPERTY));
    Path home = Home.folder(context, "headend-registry");
    headend =
        new Headend(
            settings(config, home), credentials, neighbours, Clock.systemUTC(), new SecureRandom());
    neighbourhood = context.registerService(Neighbourhood.class, headend.neighbourhood(), null);
    if (headend.repository().isServed()) {
      published =
          Optional.of(context.registerService(PublishedFiles.class, headend.repository(), null));
    } else {
      published = Optional.empty();
    }
    List<String> topics = headend.inbox().filters();
    Dictionary<String, Object> properties = new Hashtable<>();
    properties.put(MessageHandler.TOPICS, topics.toArray(new String[0]));
    handler = context.registerService(MessageHandler.class, headend.inbox(), properties);
  }

  private static Credentials credentials(RegistryConfig config) throws IOException {
    if (config.credentials() == null || config.credentials().isBlank()) {
      throw new IOException(
          "set 'credentials' of " + RegistryConfig.PID + " to the headend's credentials folder");
    }
    return Credentials.read(Path.of(config.credentials()));
  }

  private static void check(RegistryConfig config, Credentials credentials) throws IOException {
    String wanted = config.neighbourhood();
    if (!wanted.isEmpty() && !wanted.equals(credentials.neighbourhood())) {
      throw new IOException(
          "the setting neighbourhood is '"
              + wanted
              + "', the credentials are of '"
              + credentials.neighbourhood()
              + "': set one of them right");
    }
  }

  private static Duration silence(int days) {
    if (days < 0 || days > 3_650) {
      throw new IllegalArgumentException(
          RegistryConfig.PID + ": silentDays = " + days + ": must be within 0…3650");
    }
    return Duration.ofDays(days);
  }

  private static Settings settings(RegistryConfig config, Path home) {
    Limits usual = Limits.DEFAULT;
    Limits limits =
        new Limits(
            config.connections(),
            usual.queued(),
            usual.body(),
            usual.handshake(),
            usual.whole(),
            config.ratePerSecond(),
            usual.burst());
    return new Settings(
        home.resolve("registry.db"),
        config.host(),
        config.port(),
        Arrays.stream(config.names().split(","))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .collect(Collectors.toUnmodifiableList()),
        Duration.ofMillis(config.settleMillis()),
        Duration.ofHours(config.mapHours()),
        silence(config.silentDays()),
        config.repository().isBlank() ? null : Path.of(config.repository()),
        config.recordsPerOwner(),
        limits);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setIdentity(Identity identity) {
    neighbours.identity().open(identity);
    headend.neighboursChanged();
  }

  void unsetIdentity(Identity identity) {
    neighbours.identity().close(identity);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setVerifier(SignatureVerifier verifier) {
    neighbours.verifier().open(verifier);
  }

  void unsetVerifier(SignatureVerifier verifier) {
    neighbours.verifier().close(verifier);
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void setBus(MessageBus bus) {
    neighbours.bus().open(bus);
    headend.busChanged();
  }

  void unsetBus(MessageBus bus) {
    neighbours.bus().close(bus);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addPages(OperatorPages pages, Map<String, Object> properties) {
    neighbours.pages().add(path(properties), pages);
  }

  void removePages(OperatorPages pages, Map<String, Object> properties) {
    neighbours.pages().remove(path(properties), pages);
  }

  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  void addWork(FleetWork work) {
    neighbours.work().add(work);
  }

  void removeWork(FleetWork work) {
    neighbours.work().remove(work);
  }

  private static String path(Map<String, Object> properties) {
    return String.valueOf(properties.get(OperatorPages.PATH));
  }

  /** Stops it within some 200 ms. */
  @Deactivate
  void stop() {
    handler.unregister();
    published.ifPresent(ServiceRegistration::unregister);
    neighbourhood.unregister();
    headend.close();
  }

  @Override
  public List<Meter> read() {
    return headend.meters();
  }

  @Override
  public Health check() {
    return headend.health();
  }
}
