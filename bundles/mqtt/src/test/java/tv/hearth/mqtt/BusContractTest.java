package tv.hearth.mqtt;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.broker.EmbeddedBroker;
import tv.hearth.tests.contracts.bus.MessageBusContract;

/** The bus's contract, against a real broker. */
class BusContractTest extends MessageBusContract {
  @TempDir static Path dir;

  private static Operator operator;
  private static EmbeddedBroker broker;

  private TestBus box;
  private TestBus headend;

  @BeforeAll
  static void startBroker() throws Exception {
    operator = new Operator(dir.resolve("operator"));
    broker = EmbeddedBroker.start(operator.broker(dir.resolve("broker"), 0));
  }

  @AfterAll
  static void stopBroker() throws Exception {
    broker.close();
  }

  @BeforeEach
  void connect(@TempDir Path folder) throws Exception {
    TestConfig config = new TestConfig(broker.port());
    config.sessionExpirySeconds = 0;
    box = TestBus.box(operator, 'a', folder.resolve("box"), config);
    TestConfig other = new TestConfig(broker.port());
    other.sessionExpirySeconds = 0;
    headend = TestBus.headend(operator, folder.resolve("headend"), other);
  }

  @AfterEach
  void disconnect() throws Exception {
    box.close();
    headend.close();
  }

  @Override
  protected MessageBus bus() {
    return box.bus;
  }

  @Override
  protected String topic() {
    return TestBus.up('a', "record");
  }

  @Override
  protected List<Message> otherSide() {
    Ears ears = headend.listen(topic());
    headend.connected();
    return ears.heard;
  }

  @Override
  protected void register(MessageHandler handler) {
    box.handler(handler, TestBus.down('a', "#"));
  }

  @Override
  protected void send(Message message) {
    headend.bus.publish(message);
  }

  @Override
  protected String incoming() {
    return TestBus.down('a', "contract");
  }
}
