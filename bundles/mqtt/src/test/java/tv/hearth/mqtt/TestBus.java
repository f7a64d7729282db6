package tv.hearth.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageHandler;

/** A component with its services, as Declarative Services would make it. */
final class TestBus implements AutoCloseable {
  final MqttComponent bus;
  final TestNode node;
  private boolean closed;

  private TestBus(MqttComponent bus, TestNode node) {
    this.bus = bus;
    this.node = node;
    bus.setIdentity(node);
    bus.setNeighbourhood(node);
  }

  static TestBus box(Operator operator, char letter, Path folder, TestConfig config)
      throws IOException, GeneralSecurityException {
    TestNode node = new TestNode(TestNode.id(letter), operator.tls(TestNode.id(letter).text()));
    return new TestBus(new MqttComponent(folder, config), node);
  }

  static TestBus headend(Operator operator, Path folder, TestConfig config)
      throws IOException, GeneralSecurityException {
    config.clientId = "headend";
    TestNode node = new TestNode(TestNode.id('h'), operator.tls("headend"));
    return new TestBus(new MqttComponent(folder, config), node);
  }

  static TestBus with(TestNode node, Path folder, TestConfig config) {
    return new TestBus(new MqttComponent(folder, config), node);
  }

  Ears listen(String... filters) {
    Ears ears = new Ears();
    bus.addHandler(ears, Ears.topics(filters));
    return ears;
  }

  void handler(MessageHandler handler, String... filters) {
    bus.addHandler(handler, Ears.topics(filters));
  }

  TestBus connected() {
    Await.until("connection: " + bus.check(), bus::connected);
    return this;
  }

  static Message text(String topic, String text) {
    return Message.of(topic, text.getBytes(StandardCharsets.UTF_8));
  }

  static String up(char letter, String leaf) {
    return "hearth/v1/hamlet/box/" + TestNode.id(letter) + "/up/" + leaf;
  }

  static String down(char letter, String leaf) {
    return "hearth/v1/hamlet/box/" + TestNode.id(letter) + "/down/" + leaf;
  }

  double meter(String name) {
    return bus.read().stream()
        .filter(meter -> meter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  /** For messages of failed tests. */
  String state() {
    return bus.check() + " " + bus.read().stream().map(m -> m.name() + "=" + m.value()).toList();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      bus.close();
    }
  }
}
