package tv.hearth.telemetry;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.annotation.Annotation;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.value.BoxId;
import tv.hearth.tests.contracts.crypto.TestCertificate;
import tv.hearth.tests.contracts.crypto.TestOperator;

class TelemetryComponentTest {
  private static final BoxId BOX = new BoxId("a".repeat(32));

  @TempDir Path dir;

  private final BlockingQueue<Message> sent = new LinkedBlockingQueue<>();

  @Test
  void aDiskThatTakesNoReportIsInItsHealth() throws Exception {
    TelemetryComponent telemetry = new TelemetryComponent(dir.resolve("reports"), new Config());
    try {
      Files.delete(dir.resolve("reports"));
      Files.writeString(dir.resolve("reports"), "a file in place of the folder");
      while (telemetry.ownHealth().state() == HealthProbe.State.OK) {
        Thread.onSpinWait();
      }
      HealthProbe.Health health = telemetry.ownHealth();
      assertTrue(health.reason().contains("a report can't be kept"), health.reason());
    } finally {
      telemetry.close();
    }
  }

  @Test
  void reportsOnceAnIntervalAndEndsItsThreads() throws Exception {
    TelemetryComponent telemetry = new TelemetryComponent(dir, new Config());
    try {
      telemetry.addSource(
          () -> List.of(Meter.gauge("disk.used.bytes", 5)),
          Map.of("component.name", "tv.hearth.storage.X"));
      telemetry.setBus(new Bus());
      telemetry.setIdentity(identity(List.of()));
      telemetry.setNeighbourhood(neighbourhood());
      Message message = sent.poll(2, TimeUnit.MINUTES);
      String text = new String(message.payload().toArray(), StandardCharsets.UTF_8);
      assertTrue(text.contains("\"disk.used.bytes\":5"), text);
      assertTrue(text.contains("\"jvm.heap.used.bytes\":"), text);
      assertTrue(message.topic().equals("hearth/v1/hamlet/box/" + BOX + "/up/telemetry"));
    } finally {
      telemetry.close();
    }
    assertFalse(
        Thread.getAllStackTraces().keySet().stream()
            .anyMatch(thread -> thread.getName().equals("hearth-telemetry")));
  }

  @Test
  void itGoesOnWhateverFailsOnItsThread() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    TelemetryComponent telemetry = new TelemetryComponent(dir, new Config());
    try {
      telemetry.setBus(
          new Bus() {
            @Override
            public boolean connected() {
              if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError("of the test");
              }
              return true;
            }
          });
      telemetry.setIdentity(identity(List.of()));
      telemetry.setNeighbourhood(neighbourhood());
      Message message = sent.poll(2, TimeUnit.MINUTES);
      String text = new String(message.payload().toArray(), StandardCharsets.UTF_8);
      assertTrue(text.contains("\"telemetry.thread.failures.count\":1"), text);
      assertTrue(text.contains("thread hearth-telemetry failed"), text);
    } finally {
      telemetry.close();
    }
  }

  @Test
  void whoIsNoBoxReportsNothing() throws Exception {
    assertTrue(Boxes.mayReport(identity(List.of())));
    assertTrue(Boxes.mayReport(identity(chain(BOX.text()))));
    assertFalse(Boxes.mayReport(identity(chain("headend"))));
    assertFalse(Boxes.mayReport(identity(List.of(new byte[] {1, 2, 3}))));
  }

  private static List<byte[]> chain(String name) throws Exception {
    Instant now = Instant.now();
    byte[] key = KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPublic().getEncoded();
    return new TestOperator(now)
        .operational(new TestCertificate(name, key, now, now.plusSeconds(3_600)));
  }

  private static Identity identity(List<byte[]> chain) {
    return (Identity)
        Proxy.newProxyInstance(
            Identity.class.getClassLoader(),
            new Class<?>[] {Identity.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "box" -> BOX;
                  case "certificateChain" -> chain;
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static Neighbourhood neighbourhood() {
    return (Neighbourhood)
        Proxy.newProxyInstance(
            Neighbourhood.class.getClassLoader(),
            new Class<?>[] {Neighbourhood.class},
            (proxy, method, arguments) -> Optional.of("hamlet"));
  }

  private class Bus implements MessageBus {
    @Override
    public boolean connected() {
      return true;
    }

    @Override
    public void publish(Message message) {
      sent.add(message);
    }

    @Override
    public boolean offer(Message message) {
      return false;
    }
  }

  private static final class Config implements TelemetryConfig {
    @Override
    public int intervalSeconds() {
      return 1;
    }

    @Override
    public int jitterPercent() {
      return 50;
    }

    @Override
    public int sourceMillis() {
      return 1_000;
    }

    @Override
    public int keptReports() {
      return 10;
    }

    @Override
    public int keptKib() {
      return 64;
    }

    @Override
    public Class<? extends Annotation> annotationType() {
      return TelemetryConfig.class;
    }
  }
}
