package tv.hearth.crypto;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceRegistration;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.health.HealthProbe.State;
import tv.hearth.support.cbor.CborMap;
import tv.hearth.tests.contracts.crypto.TestOperator;

/** Keys that can't be read keep no component from starting: its health says what to do. */
class NodeComponentTest {
  @TempDir Path home;
  private final List<String> registered = new ArrayList<>();

  private BundleContext context() {
    ServiceRegistration<?> registration =
        (ServiceRegistration<?>)
            proxy(
                ServiceRegistration.class,
                (name, arguments) -> {
                  registered.add(name);
                  return null;
                });
    return (BundleContext)
        proxy(
            BundleContext.class,
            (name, arguments) -> {
              if (name.equals("getProperty")) {
                return home.toString();
              }
              registered.add(name);
              return registration;
            });
  }

  private interface Answer {
    Object to(String name, Object[] arguments);
  }

  private static Object proxy(Class<?> type, Answer answer) {
    return Proxy.newProxyInstance(
        NodeComponentTest.class.getClassLoader(),
        new Class<?>[] {type},
        (self, method, arguments) -> answer.to(method.getName(), arguments));
  }

  private CryptoConfig config(Path anchor) {
    Map<String, String> values = Map.of("anchor", anchor.toString());
    return (CryptoConfig)
        proxy(CryptoConfig.class, (name, arguments) -> values.getOrDefault(name, ""));
  }

  private Path anchor() throws Exception {
    return new TestOperator(Instant.now()).writeAnchor(home);
  }

  @Test
  void keysOfANewerReleaseAreToldByHealth() throws Exception {
    byte[] newer = new CborMap().put("t", "hearth/keys").put("v", 2).toBytes();
    Path keys = Files.createDirectories(home.resolve("crypto")).resolve("keys");
    Files.write(keys, newer);
    NodeComponent node = new NodeComponent(context(), config(anchor()));
    assertEquals(List.of(), registered);
    Health health = CryptoHealth.health(null, node);
    assertEquals(State.FAILED, health.state());
    assertTrue(health.reason().contains("run the release that wrote it"), health.reason());
    node.close();
  }

  @Test
  void keysThatOpenAreOfferedUntilItIsClosed() throws Exception {
    NodeComponent node = new NodeComponent(context(), config(anchor()));
    assertEquals("", node.trouble());
    node.close();
    assertEquals(List.of("registerService", "unregister"), registered);
  }

  @Test
  void withoutConfigurationItSaysSo() {
    assertTrue(CryptoHealth.health(null, null).reason().contains("anchor"));
  }
}
