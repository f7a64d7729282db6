package tv.hearth.update.frame;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import tv.hearth.support.net.Addresses;

class OperatorLineTest {
  private final OperatorLine line = new OperatorLine(() -> null);

  @Test
  void aBrokerAnswersWhileSomethingListensThere() throws Exception {
    String broker;
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      broker = listener.getInetAddress().getHostAddress() + ":" + listener.getLocalPort();
      assertTrue(line.answers(broker));
    }
    assertFalse(line.answers(broker));
  }

  @Test
  void aBrokerByNameAnswersAtAnyOfItsAddresses() throws Exception {
    InetAddress[] both = {InetAddress.getByName("127.0.0.2"), InetAddress.getByName("127.0.0.1")};
    OperatorLine named = new OperatorLine(() -> null, new Addresses(host -> both.clone()));
    try (ServerSocket listener = new ServerSocket(0, 1, both[1])) {
      assertTrue(named.answers("broker.example:" + listener.getLocalPort()));
    }
  }

  @Test
  void whereNobodyKnowsTheBrokerTheLineAloneCounts() {
    assertEquals("?", line.broker());
    assertTrue(line.answers("?"));
  }
}
