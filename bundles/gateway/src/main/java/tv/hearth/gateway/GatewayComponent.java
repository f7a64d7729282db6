package tv.hearth.gateway;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.vendor.gateway.GatewayAddress;
import tv.hearth.vendor.objects.ObjectStore;

/** The gateway as a component: listens while it is active. */
@Component(immediate = true, configurationPid = "tv.hearth.gateway")
@Designate(ocd = GatewayConfig.class)
public final class GatewayComponent implements GatewayAddress {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int QUEUE = 64;

  private final ServiceGate<ObjectStore> store = new ServiceGate<>("ObjectStore", PATIENCE);
  private final ThreadPoolExecutor readers;
  private final Listener listener;

  /** Listens; throws where it can't, and says why. */
  @Activate
  public GatewayComponent(GatewayConfig config) throws IOException {
    int threads = Math.max(1, Math.min(32, config.readers()));
    readers = readers(threads);
    Reception reception = new Reception(store);
    Origins origins = new Origins(Set.of(config.origins()));
    BodySender.Source source = (ref, offset, into) -> store.call(s -> s.read(ref, offset, into));
    try {
      listener =
          new Listener(config, () -> new RequestHandler(reception, origins, source, readers));
    } catch (IOException | RuntimeException e) {
      readers.shutdownNow();
      throw e;
    }
  }

  private static ThreadPoolExecutor readers(int threads) {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE),
            task -> {
              Thread thread = new Thread(task, "hearth-gateway-read-" + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  @Override
  public URI base() {
    InetSocketAddress address = listener.address();
    String host = address.getAddress().isAnyLocalAddress() ? "127.0.0.1" : address.getHostString();
    String literal = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    return URI.create("http://" + literal + ":" + address.getPort() + "/");
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
    listener.close();
    readers.shutdownNow();
  }
}
