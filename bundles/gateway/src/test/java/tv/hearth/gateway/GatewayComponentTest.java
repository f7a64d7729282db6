package tv.hearth.gateway;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.vendor.gateway.GatewayAddress;
import tv.hearth.vendor.objects.ObjectStore;

/** The component with a registry that only remembers. */
@Timeout(300)
class GatewayComponentTest {
  private final BlockingQueue<GatewayAddress> registered = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> unregistered = new LinkedBlockingQueue<>();

  private BundleContext context() {
    return (BundleContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              assertEquals("registerService", method.getName());
              registered.add((GatewayAddress) arguments[1]);
              return registration();
            });
  }

  private ServiceRegistration<?> registration() {
    return (ServiceRegistration<?>)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {ServiceRegistration.class},
            (proxy, method, arguments) -> {
              unregistered.add(method.getName());
              return null;
            });
  }

  /** One that nobody asks. */
  private static ObjectStore store() {
    return (ObjectStore)
        Proxy.newProxyInstance(
            ObjectStore.class.getClassLoader(),
            new Class<?>[] {ObjectStore.class},
            (proxy, method, arguments) -> {
              throw new UnsupportedOperationException(method.getName());
            });
  }

  /** The defaults, but for the given ones. */
  private static GatewayConfig config(Map<String, Object> given) {
    return (GatewayConfig)
        Proxy.newProxyInstance(
            GatewayConfig.class.getClassLoader(),
            new Class<?>[] {GatewayConfig.class, Annotation.class},
            (proxy, method, arguments) ->
                given.getOrDefault(method.getName(), method.getDefaultValue()));
  }

  @Test
  void isRegisteredWhileItListens() throws Exception {
    GatewayComponent component = new GatewayComponent(config(Map.of("port", 0)), context());
    GatewayAddress address = registered.poll(2, TimeUnit.MINUTES);
    assertEquals("http://127.0.0.1:" + component.address().getPort() + "/", address.base() + "");
    assertEquals(HealthProbe.State.DEGRADED, component.check().state(), "it has no store");
    assertTrue(component.check().reason().contains("ObjectStore"), component.check().reason());
    component.bindObjectStore(store());
    assertEquals(HealthProbe.Health.OK, component.check());
    assertTrue(component.read().size() > 5);
    component.close();
    assertEquals("unregister", unregistered.poll(2, TimeUnit.MINUTES));
  }

  @Test
  void aPortInUseIsNamedAndTriedAgain() throws Exception {
    ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    int port = other.getLocalPort();
    GatewayComponent component = new GatewayComponent(config(Map.of("port", port)), context());
    try {
      HealthProbe.Health health = awaitReason(component, "127.0.0.1:" + port);
      assertEquals(HealthProbe.State.FAILED, health.state());
      assertTrue(health.reason().contains("tv.hearth.gateway"), health.reason());
      assertTrue(health.reason().contains("set port"), health.reason());
      assertNull(registered.peek());
      other.close();
      assertEquals(port, registered.poll(2, TimeUnit.MINUTES).base().getPort());
      component.bindObjectStore(store());
      assertEquals(HealthProbe.Health.OK, component.check());
    } finally {
      component.close();
    }
  }

  @Test
  void anAddressThatIsNotHereIsNamed() throws Exception {
    GatewayComponent component =
        new GatewayComponent(config(Map.of("host", "203.0.113.1", "port", 0)), context());
    awaitReason(component, "203.0.113.1:0");
    component.close();
    assertNull(registered.peek());
  }

  @Test
  void aNameThatIsNoHostIsNamed() {
    GatewayComponent component =
        new GatewayComponent(config(Map.of("host", "no.such.invalid", "port", 0)), context());
    awaitReason(component, "no.such.invalid");
    component.close();
  }

  /** The listener is made aside: its news comes a moment after the component is active. */
  private static HealthProbe.Health awaitReason(GatewayComponent component, String part) {
    await(() -> component.check().reason().contains(part), "its health does not say " + part);
    return component.check();
  }

  @Test
  void closedBeforeItListensItLeavesNothing() throws Exception {
    for (int round = 0; round < 20; round++) {
      new GatewayComponent(config(Map.of("port", 0)), context()).close();
    }
    await(
        () -> threads().noneMatch(name -> name.startsWith("hearth-gateway")),
        "a thread of it is left");
  }

  /** For as long as the test may take. */
  private static void await(BooleanSupplier condition, String otherwise) {
    while (!condition.getAsBoolean()) {
      assertFalse(Thread.currentThread().isInterrupted(), otherwise);
      Thread.onSpinWait();
    }
  }

  private static Stream<String> threads() {
    return Thread.getAllStackTraces().keySet().stream().map(Thread::getName);
  }

  @Test
  void aPortThatIsNoneIsRefusedByItsKey() {
    IllegalArgumentException failure =
        assertThrows(
            IllegalArgumentException.class,
            () -> new GatewayComponent(config(Map.of("port", 70_000)), context()));
    assertTrue(failure.getMessage().startsWith("port of tv.hearth.gateway"));
  }

  @Test
  void basesAreWhatAPlayerOnTheBoxOpens() throws Exception {
    assertEquals(URI.create("http://127.0.0.1:7/"), base("0.0.0.0"));
    assertEquals(URI.create("http://127.0.0.1:7/"), base("::"));
    assertEquals(
        URI.create("http://[::1]:7/"),
        Signboard.base(new InetSocketAddress(InetAddress.getByName("::"), 7), () -> "::1"),
        "where there is no IPv4");
    assertEquals(URI.create("http://192.168.1.5:7/"), base("192.168.1.5"));
    assertEquals(URI.create("http://[2001:db8:0:0:0:0:0:1]:7/"), base("2001:db8::1"));
  }

  private static URI base(String host) throws Exception {
    return Signboard.base(new InetSocketAddress(InetAddress.getByName(host), 7), () -> "127.0.0.1");
  }
}
