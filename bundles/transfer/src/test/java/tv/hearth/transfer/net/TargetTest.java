package tv.hearth.transfer.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.support.net.Addresses;

class TargetTest {
  private static InetAddress[] lookUp(String host) throws UnknownHostException {
    if (!host.equals("box.example")) {
      throw new UnknownHostException(host);
    }
    return new InetAddress[] {
      InetAddress.getByName("192.0.2.1"),
      InetAddress.getByName("192.0.2.2"),
      InetAddress.getByName("2001:db8::1")
    };
  }

  private static List<String> hosts(Addresses known, Endpoint... endpoints) {
    return Target.of(List.of(endpoints), known, TargetTest::lookUp).stream()
        .map(target -> target.address().getAddress().getHostAddress())
        .toList();
  }

  @Test
  void everyAddressBehindANameIsDialledTheOneThatWasWellFirst() throws Exception {
    Addresses known = new Addresses();
    Endpoint name = new Endpoint("dns", "box.example", 7443);
    assertEquals(List.of("2001:db8:0:0:0:0:0:1", "192.0.2.1", "192.0.2.2"), hosts(known, name));
    known.wasGood(InetAddress.getByName("192.0.2.2"));
    assertEquals(List.of("192.0.2.2", "2001:db8:0:0:0:0:0:1", "192.0.2.1"), hosts(known, name));
  }

  @Test
  void theEndpointsKeepTheirOrderAndWhatCantBeDialledIsLeftOut() {
    List<String> dialled =
        hosts(
            new Addresses(),
            new Endpoint("direct6", "2001:db8::9", 1),
            new Endpoint("direct4", "box.example", 1),
            new Endpoint("carrier-pigeon", "roof", 1),
            new Endpoint("dns", "nobody.example", 1),
            new Endpoint("direct4", "192.0.2.9", 1));
    assertEquals(List.of("2001:db8:0:0:0:0:0:9", "192.0.2.9"), dialled);
  }
}
