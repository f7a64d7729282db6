package tv.hearth.gateway;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.gateway.server.Listener;
import tv.hearth.support.net.HostPort;
import tv.hearth.vendor.gateway.GatewayAddress;

/**
 * Says whether the gateway listens, and where: to the log, to whoever asks for its health, and as
 * {@link GatewayAddress}. Thread-safe.
 */
final class Signboard implements Listener.News, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(Signboard.class.getName());

  private static final String LOOPBACK = "127.0.0.1";
  private static final String LOOPBACK_6 = "::1";

  private final BundleContext context;
  private final Executor threads;
  private ServiceRegistration<GatewayAddress> registration;
  private InetSocketAddress address;
  private Health health = Health.failed("does not listen yet");
  private boolean closed;

  /**
   * Nothing to say yet.
   *
   * @param threads where listeners of the registry, who are others' code, may block
   */
  Signboard(BundleContext context, Executor threads) {
    this.context = context;
    this.threads = threads;
  }

  @Override
  public void listening(InetSocketAddress where) {
    synchronized (this) {
      address = where;
      health = Health.OK;
    }
    LOG.log(
        Level.INFO,
        () -> "listening on " + new HostPort(where.getAddress().getHostAddress(), where.getPort()));
    threads.execute(this::register);
  }

  /** Outside of the lock: who listens to the registry is called in here. */
  private void register() {
    URI base = base(address(), Signboard::loopback);
    ServiceRegistration<GatewayAddress> made;
    try {
      made = context.registerService(GatewayAddress.class, () -> base, null);
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "stopped before the address could be registered", e);
      return;
    }
    synchronized (this) {
      if (!closed) {
        registration = made;
        return;
      }
    }
    unregister(made);
  }

  @Override
  public void refused(String reason) {
    synchronized (this) {
      health = Health.failed(reason);
    }
    LOG.log(Level.WARNING, reason);
  }

  /** The listener could not be made at all; null: it was. */
  void failed(Throwable failure) {
    if (failure != null) {
      refused("the gateway could not be started: " + failure);
    }
  }

  synchronized Health check() {
    return health;
  }

  synchronized InetSocketAddress address() {
    return address;
  }

  /** Where this machine reaches itself: 127.0.0.1, or ::1 where it has no other loopback. */
  private static String loopback() {
    try {
      return NetworkInterface.getByInetAddress(InetAddress.getByName(LOOPBACK)) == null
          ? LOOPBACK_6
          : LOOPBACK;
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "can't list this box's addresses", e);
      return LOOPBACK;
    }
  }

  /**
   * Where players on this box reach a gateway that listens there.
   *
   * @param loopback asked where it listens on every address
   */
  static URI base(InetSocketAddress address, Supplier<String> loopback) {
    boolean any = address.getAddress().isAnyLocalAddress();
    String host = any ? loopback.get() : address.getAddress().getHostAddress();
    return URI.create(new HostPort(host, address.getPort()).url("http") + "/");
  }

  @Override
  public void close() {
    ServiceRegistration<GatewayAddress> made;
    synchronized (this) {
      closed = true;
      made = registration;
      registration = null;
    }
    if (made != null) {
      unregister(made);
    }
  }

  /** Where the framework was quicker, nothing is left to do. */
  private static void unregister(ServiceRegistration<GatewayAddress> made) {
    try {
      made.unregister();
    } catch (IllegalStateException e) {
      LOG.log(Level.DEBUG, "the address was unregistered already", e);
    }
  }
}
