package tv.hearth.mqtt;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import tv.hearth.broker.EmbeddedBroker;

class HiveMqAccessTest extends AccessTable {
  private static EmbeddedBroker broker;

  @BeforeAll
  static void start() throws Exception {
    operator = new Operator(dir.resolve("operator"));
    broker = EmbeddedBroker.start(operator.broker(dir.resolve("broker"), 0));
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  @Override
  int port() {
    return broker.port();
  }

  @Override
  boolean refusesSubscriptions() {
    return true;
  }
}
