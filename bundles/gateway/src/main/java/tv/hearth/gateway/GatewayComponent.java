package tv.hearth.gateway;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import org.osgi.annotation.bundle.Capability;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.health.HealthProbe.State;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.telemetry.MeterSource;
import tv.hearth.gateway.http.Desk;
import tv.hearth.gateway.http.Door;
import tv.hearth.gateway.http.Origins;
import tv.hearth.gateway.server.Books;
import tv.hearth.gateway.server.House;
import tv.hearth.gateway.server.Lanes;
import tv.hearth.gateway.server.Listener;
import tv.hearth.gateway.server.Readers;
import tv.hearth.gateway.server.Settings;
import tv.hearth.gateway.server.StoreReader;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.vendor.gateway.GatewayAddress;
import tv.hearth.vendor.objects.ObjectStore;

/**
 * The gateway as a component: listens, or tries to, while it is active. {@link GatewayAddress} is
 * registered while it listens.
 */
@Component(
    immediate = true,
    configurationPid = "tv.hearth.gateway",
    service = {HealthProbe.class, MeterSource.class})
@Designate(ocd = GatewayConfig.class)
@Capability(
    namespace = "osgi.service",
    attribute = "objectClass:List<String>=\"tv.hearth.vendor.gateway.GatewayAddress\"",
    uses = GatewayAddress.class,
    effective = "active")
public final class GatewayComponent implements HealthProbe, MeterSource {
  /** A thread waits that long at once; an errand comes again for as long as its client waits. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private static final Duration HEAD = Duration.ofSeconds(10);
  private static final Duration RETRY = Duration.ofSeconds(1);

  private final ServiceGate<ObjectStore> store = new ServiceGate<>("ObjectStore", PATIENCE);
  private final Books books = new Books();
  private final ThreadPoolExecutor readers;
  private final Signboard signboard;
  private final CompletableFuture<Listener> listener;

  /** Begins to listen; where it can't, says so and tries again. */
  @Activate
  public GatewayComponent(GatewayConfig config, BundleContext context) {
    Settings settings = settings(config);
    readers = Readers.pool(settings);
    signboard = new Signboard(context, readers);
    StoreReader reader = new StoreReader(store);
    Origins origins = new Origins(Set.of(config.origins()), Set.of(config.names()));
    Door door = new Door(origins, config.lan().strip().equalsIgnoreCase("all"));
    House house =
        new House(settings, door, new Desk(reader), reader, new Lanes(readers, settings), books);
    // Aside: a second of loading on a box's processor, for which no start of the platform waits.
    listener = CompletableFuture.supplyAsync(() -> new Listener(house, signboard), readers);
    listener.whenComplete((listening, failure) -> signboard.failed(failure));
  }

  private static Settings settings(GatewayConfig config) {
    return new Settings(
        config.host().strip(),
        config.port(),
        config.connections(),
        config.readers(),
        HEAD,
        Duration.ofSeconds(Math.max(1, config.idleSeconds())),
        Duration.ofSeconds(Math.max(1, config.stallSeconds())),
        RETRY);
  }

  @Override
  public Health check() {
    Health listening = signboard.check();
    boolean isDeaf = listening.state() == State.OK && store.now().isEmpty();
    return isDeaf ? Health.degraded("ObjectStore is not there: players are told 503") : listening;
  }

  @Override
  public List<Meter> read() {
    return books.read();
  }

  /** Where it listens, or null. */
  InetSocketAddress address() {
    return signboard.address();
  }

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  void bindObjectStore(ObjectStore service) {
    store.open(service);
  }

  void unbindObjectStore(ObjectStore service) {
    store.close(service);
  }

  @Deactivate
  void close() {
    signboard.close();
    listener.thenAccept(Listener::close).exceptionally(failed -> null).join();
    readers.shutdownNow();
  }
}
