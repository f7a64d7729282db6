package tv.hearth.mqtt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.bus.Message;
import tv.hearth.api.value.Bytes;
import tv.hearth.broker.EmbeddedBroker;

/** The bus against a real broker over mutual TLS. */
class BusTest {
  @TempDir static Path dir;

  private static Operator operator;
  private static EmbeddedBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void start() throws Exception {
    operator = new Operator(dir.resolve("operator"));
    broker = EmbeddedBroker.start(operator.broker(dir.resolve("broker"), 0));
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  @Test
  void everyFieldOfAMessageArrives() throws Exception {
    try (TestBus headend = headend();
        TestBus box = box('a')) {
      Ears ears = headend.listen("hearth/v1/+/box/+/up/record");
      headend.connected();
      box.connected();
      Message sent =
          new Message(
              TestBus.up('a', "record"),
              Bytes.of(new byte[] {0, 1, -1}),
              1,
              false,
              Optional.of(Duration.ofMinutes(5)),
              Optional.of("application/cbor"),
              Optional.of(TestBus.down('a', "answer")),
              Optional.of(Bytes.of(new byte[] {7})),
              Map.of("k", "v"));
      box.bus.publish(sent);
      Await.until("message", () -> ears.heard.size() == 1);
      Message got = ears.heard.get(0);
      assertEquals(sent.payload(), got.payload());
      assertEquals(sent.contentType(), got.contentType());
      assertEquals(sent.responseTopic(), got.responseTopic());
      assertEquals(sent.correlation(), got.correlation());
      assertEquals(sent.userProperties(), got.userProperties());
      assertTrue(got.expiry().orElseThrow().compareTo(Duration.ofMinutes(5)) <= 0);
      Await.until("outbox empty", () -> box.meter("mqtt.outbox.messages") == 0);
    }
  }

  @Test
  void aHandlerThatComesLateGetsWhatIsRetained() throws Exception {
    try (TestBus headend = headend();
        TestBus box = box('b')) {
      headend.bus.publish(TestBus.text("hearth/v1/hamlet/map", "map 1").asRetained());
      Await.until("sent", () -> headend.connected().meter("mqtt.outbox.messages") == 0);
      Ears early = box.listen("hearth/v1/hamlet/map");
      Await.until("early", () -> early.texts().contains("map 1"));
      Ears late = box.listen("hearth/v1/hamlet/map");
      Await.until("late", () -> late.texts().contains("map 1"));
    }
  }

  @Test
  void messagesToABoxThatIsOffWaitForIt() throws Exception {
    try (TestBus headend = headend()) {
      Ears states = headend.listen("hearth/v1/hamlet/box/+/up/state");
      try (TestBus box = box('c')) {
        Ears ears = box.listen(TestBus.down('c', "#"));
        box.connected();
        headend.connected();
        headend.bus.publish(TestBus.text(TestBus.down('c', "x"), "0"));
        Await.until("first", () -> ears.texts().equals(List.of("0")));
      }
      // What the broker sends to a box on its way off it sends again later, after others perhaps.
      Await.until("offline", () -> state(states, 'c').equals("offline"));
      headend.bus.publish(TestBus.text(TestBus.down('c', "x"), "1"));
      headend.bus.publish(TestBus.text(TestBus.down('c', "x"), "2"));
      Await.until("sent", () -> headend.meter("mqtt.outbox.messages") == 0);
      try (TestBus box = box('c').connected()) {
        Ears ears = box.listen(TestBus.down('c', "#"));
        // The box may have gone before it could acknowledge the first one.
        Await.until("queued ones", () -> ears.texts().containsAll(List.of("1", "2")));
        assertEquals(List.of("1", "2"), ears.texts().stream().filter(t -> !t.equals("0")).toList());
      }
    }
  }

  @Test
  void theBoxShowsAsOnlineAndThenAsOffline() throws Exception {
    try (TestBus headend = headend()) {
      Ears ears = headend.listen("hearth/v1/hamlet/box/+/up/state");
      headend.connected();
      TestBus box = box('d').connected();
      Await.until("online", () -> state(ears, 'd').equals("online"));
      box.close();
      Await.until("offline", () -> state(ears, 'd').equals("offline"));
    }
  }

  @Test
  void aHandlerThatThrowsHarmsNobody() throws Exception {
    try (TestBus headend = headend();
        TestBus box = box('e')) {
      box.handler(
          message -> {
            throw new IllegalStateException("handler of the test");
          },
          TestBus.down('e', "#"));
      Ears ears = box.listen(TestBus.down('e', "#"));
      box.connected();
      headend.connected();
      Await.until(
          "delivery",
          () -> {
            headend.bus.offer(TestBus.text(TestBus.down('e', "x"), "m"));
            return ears.heard.size() >= 2;
          });
      assertTrue(box.meter("mqtt.handler.failures.count") >= 1);
      assertTrue(box.bus.connected());
    }
  }

  @Test
  void whatTheBrokerForbidsIsCountedAndDoesNotBlockTheRest() throws Exception {
    try (TestBus headend = headend();
        TestBus box = box('f')) {
      Ears ears = headend.listen("hearth/v1/+/box/+/up/record");
      headend.connected();
      box.connected();
      box.bus.publish(TestBus.text("hearth/v1/hamlet/map", "forged").asRetained());
      box.bus.publish(TestBus.text(TestBus.up('a', "record"), "in another's name"));
      box.bus.publish(TestBus.text(TestBus.up('f', "record"), "own"));
      Await.until(
          () -> "own message; " + headend.state() + "; " + box.state(),
          () -> ears.texts().contains("own"));
      Await.until("refusals", () -> box.meter("mqtt.refused.messages") == 2);
      assertEquals(List.of("own"), ears.texts());
      assertEquals(0, box.meter("mqtt.outbox.messages"));
    }
  }

  @Test
  void aNewCertificateIsShownToTheBroker() throws Exception {
    try (TestBus box = box('g').connected()) {
      box.node.generation.incrementAndGet();
      Await.until("second connection", () -> box.meter("mqtt.connects.count") == 2);
      box.connected();
    }
  }

  @Test
  void anUnenrolledNodeWaitsAndThenConnects() throws Exception {
    TestNode node = new TestNode(TestNode.id('i'), operator.tls(TestNode.id('i').text()));
    node.enrolled(false);
    try (TestBus box = TestBus.with(node, folder.resolve("i"), new TestConfig(broker.port()))) {
      Await.until("waiting", () -> box.bus.check().reason().contains("enrolment"));
      assertFalse(box.bus.offer(TestBus.text(TestBus.up('i', "record"), "lost")));
      box.bus.publish(TestBus.text(TestBus.up('i', "record"), "kept"));
      node.enrolled(true);
      box.connected();
      Await.until("outbox empty", () -> box.meter("mqtt.outbox.messages") == 0);
    }
  }

  @Test
  void whateverFailsOnTheSessionsThreadItConnectsInTheEnd() throws Exception {
    TestNode node = new TestNode(TestNode.id('j'), operator.tls(TestNode.id('j').text()));
    node.toThrow.add(new IllegalStateException("of the test"));
    node.toThrow.add(new NoClassDefFoundError("of the test"));
    try (TestBus box = TestBus.with(node, folder.resolve("j"), new TestConfig(broker.port()))) {
      box.connected();
      assertEquals(2, box.meter("mqtt.thread.failures.count"));
      assertTrue(box.bus.check().reason().contains("thread hearth-mqtt failed"), box.state());
    }
  }

  @Test
  void twoNodesWithOneIdentityAreNoticedAndTold() throws Exception {
    try (TestBus headend = headend();
        TestBus one = box('k');
        TestBus other = copyOf('k')) {
      Ears states = headend.listen("hearth/v1/hamlet/box/+/up/state");
      headend.connected();
      Await.until(
          () -> "a twin is noticed: " + one.state() + other.state(),
          () -> (one.bus.check().reason() + other.bus.check().reason()).contains("this identity"));
      Await.until(
          () -> "the operator is told: " + states.heard,
          () -> states.heard.stream().anyMatch(m -> m.userProperties().containsKey("twin")),
          Duration.ofSeconds(90));
    }
  }

  private TestBus copyOf(char letter) throws Exception {
    return TestBus.box(operator, letter, folder.resolve("copy"), new TestConfig(broker.port()));
  }

  private static String state(Ears ears, char letter) {
    return ears.heard.stream()
        .filter(message -> message.topic().equals(TestBus.up(letter, "state")))
        .reduce((older, newer) -> newer)
        .map(Ears::text)
        .orElse("");
  }

  private TestBus box(char letter) throws Exception {
    return TestBus.box(
        operator, letter, folder.resolve("box-" + letter), new TestConfig(broker.port()));
  }

  private TestBus headend() throws Exception {
    return TestBus.headend(operator, folder.resolve("headend"), new TestConfig(broker.port()));
  }
}
