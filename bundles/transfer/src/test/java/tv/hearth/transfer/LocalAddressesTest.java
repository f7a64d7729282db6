package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tv.hearth.api.neighbourhood.Endpoint;

class LocalAddressesTest {
  /** As Linux shows a permanent, a privacy, a deprecated and a tentative address. */
  private static final List<String> LINES =
      List.of(
          "20010db8000000000000000000000001 02 40 00 80     eth0",
          "20010db8000000000000000000000002 02 40 00 01     eth0",
          "20010db8000000000000000000000003 02 40 00 a0     eth0",
          "20010db8000000000000000000000004 02 40 00 40     eth0",
          "not a line",
          "zz 02 40 00 01 eth0");

  private static InetAddress at(String literal) throws Exception {
    return InetAddress.getByName(literal);
  }

  @Test
  void addressesThatPassAreNotAnnounced() throws Exception {
    Set<InetAddress> passing = PassingAddresses.of(LINES);
    assertEquals(Set.of(at("2001:db8::2"), at("2001:db8::3"), at("2001:db8::4")), passing);
    List<InetAddress> found =
        List.of(
            at("192.0.2.7"),
            at("2001:db8::2"),
            at("2001:db8::3"),
            at("2001:db8::1"),
            at("fe80::1"),
            at("::1"),
            at("127.0.0.1"));
    List<Endpoint> both =
        List.of(
            new Endpoint("direct6", "2001:db8:0:0:0:0:0:1", 7),
            new Endpoint("direct4", "192.0.2.7", 7));
    assertEquals(both, LocalAddresses.usable(found, passing, 7, false));
    assertEquals(both.subList(1, 2), LocalAddresses.usable(found, passing, 7, true));
  }

  @Test
  void theOrderOfTheSystemDoesNotMatter() throws Exception {
    List<InetAddress> found = List.of(at("192.0.2.9"), at("192.0.2.8"));
    List<InetAddress> other = List.of(at("192.0.2.8"), at("192.0.2.9"));
    assertEquals(
        LocalAddresses.usable(found, Set.of(), 7, false),
        LocalAddresses.usable(other, Set.of(), 7, false));
  }

  @Test
  void anAnnouncedHostMayStandInBrackets() {
    InetSocketAddress any = new InetSocketAddress("::", 7);
    for (String host : new String[] {"2001:db8::1", "[2001:db8::1]"}) {
      assertEquals(
          List.of(new Endpoint("direct6", "2001:db8::1", 7)),
          LocalAddresses.endpoints(host, any, 7));
    }
  }
}
