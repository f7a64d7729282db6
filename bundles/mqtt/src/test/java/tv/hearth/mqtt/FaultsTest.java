package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.bus.Message;

/** What must not be lost when broker or box go away at the worst moment. */
class FaultsTest {
  private static final int COUNT = 400;
  private static final Duration LONG = Duration.ofSeconds(120);

  @TempDir Path dir;

  @Test
  void noMessageIsLostWhenTheBrokerIsKilledAndTheBoxRestarts() throws Exception {
    Operator operator = new Operator(dir.resolve("operator"));
    List<String> all = IntStream.range(0, COUNT).mapToObj(i -> "m" + i).toList();
    BrokerProcess broker = BrokerProcess.start(operator.broker(dir.resolve("broker"), 0));
    int port = broker.port();
    try (TestBus headend =
        TestBus.headend(operator, dir.resolve("headend"), new TestConfig(port))) {
      Ears ears = headend.listen("hearth/v1/+/box/+/up/record");
      headend.connected();
      try (TestBus box = box(operator, port)) {
        box.connected();
        all.subList(0, COUNT / 2).forEach(text -> send(box, text));
        Await.until("some arrived", () -> ears.heard.size() > 20);
        broker.kill();
        all.subList(COUNT / 2, COUNT).forEach(text -> send(box, text));
        Await.until("noticed", () -> !box.bus.connected());
        assertTrue(box.meter("mqtt.outbox.messages") >= COUNT / 2);
      }
      broker = BrokerProcess.start(operator.broker(dir.resolve("broker"), port));
      try (TestBus box = box(operator, port)) {
        Await.until(
            () -> "outbox sent; " + box.state(),
            () -> box.meter("mqtt.outbox.messages") == 0,
            LONG);
        Await.until(
            () -> "all arrived; missing " + missing(all, ears) + "; " + headend.state(),
            () -> missing(all, ears).isEmpty(),
            LONG);
      }
      assertEquals(all, List.copyOf(firsts(ears)), "first arrivals are in order");
      int duplicates = ears.heard.size() - COUNT;
      assertTrue(duplicates < COUNT / 4, duplicates + " came twice: more than was on its way");
      assertEquals(0, broker.endWithParent());
    } finally {
      broker.kill();
    }
  }

  @Test
  void aBrokerThatAnnouncesAHugePacketGetsNoMemory() throws Exception {
    Operator operator = new Operator(dir.resolve("operator"));
    byte[] packetOf256MiB = {0x20, -1, -1, -1, 0x7f};
    try (TlsServer liar = new TlsServer(operator.brokerTls(), packetOf256MiB);
        TestBus box = box(operator, liar.port())) {
      Await.until("refusal: " + box.bus.check(), () -> box.bus.check().reason().contains("packet"));
      assertFalse(box.bus.connected());
    }
  }

  @Test
  void aDeadBrokerIsTriedAgainAndAgainAndNamed() throws Exception {
    Operator operator = new Operator(dir.resolve("operator"));
    int port;
    try (TlsServer gone = new TlsServer(operator.brokerTls())) {
      port = gone.port();
    }
    try (TestBus box = box(operator, port)) {
      Await.until("named", () -> box.bus.check().reason().contains("is the broker started?"));
      assertFalse(box.bus.offer(Message.of(TestBus.up('a', "x"), new byte[1])));
    }
  }

  @Test
  void aBrokerThatHangsUpAtOnceLeavesNoThreadBehind() throws Exception {
    Operator operator = new Operator(dir.resolve("operator"));
    Operator other = new Operator(dir.resolve("other"));
    try (TlsServer picky = new TlsServer(other.brokerTls())) {
      TestNode node = new TestNode(TestNode.id('a'), operator.tlsTrusting("a", other));
      TestBus box = TestBus.with(node, dir.resolve("box"), new TestConfig(picky.port()));
      Await.until(() -> "tries: " + picky.visits() + box.state(), () -> picky.visits() >= 6);
      box.close();
      Await.until(() -> "threads gone: " + threads(), () -> threads().isEmpty());
    }
  }

  @Test
  void closingWaitsForNoAnswerAndLeavesNoThread() throws Exception {
    Operator operator = new Operator(dir.resolve("operator"));
    try (TlsServer silent = new TlsServer(operator.brokerTls())) {
      TestConfig config = new TestConfig(silent.port());
      // Longer than is awaited below: what ends the call is that it is cut.
      config.connectTimeoutSeconds = 300;
      TestBus box = TestBus.box(operator, 'a', dir.resolve("box"), config);
      Await.until("threads", () -> threads().stream().anyMatch(name -> name.startsWith("MQTT")));
      box.close();
      Await.until(() -> "threads gone: " + threads(), () -> threads().isEmpty());
    }
  }

  private TestBus box(Operator operator, int port) throws Exception {
    return TestBus.box(operator, 'a', dir.resolve("box"), new TestConfig(port));
  }

  private static void send(TestBus box, String text) {
    box.bus.publish(TestBus.text(TestBus.up('a', "record"), text));
  }

  private static List<String> missing(List<String> all, Ears ears) {
    List<String> missing = new ArrayList<>(all);
    missing.removeAll(firsts(ears));
    return missing;
  }

  private static Set<String> firsts(Ears ears) {
    return new LinkedHashSet<>(ears.texts());
  }

  private static List<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.startsWith("hearth-mqtt") || name.startsWith("MQTT "))
        .toList();
  }
}
