package tv.hearth.support.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.api.neighbourhood.Endpoint;

class HostPortTest {
  @ParameterizedTest
  @CsvSource({
    "example.com:80, example.com, 80",
    "example.com, example.com, 7",
    "192.0.2.1:8883, 192.0.2.1, 8883",
    "[::1]:26542, ::1, 26542",
    "[2001:db8::1], 2001:db8::1, 7",
    "[::ffff:192.0.2.1]:1, ::ffff:192.0.2.1, 1",
    "[fe80::1%eth0]:80, fe80::1%eth0, 80"
  })
  void readsWhatIsWritten(String text, String host, int port) {
    assertEquals(new HostPort(host, port), HostPort.parse(text, 7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"::1:80", "2001:db8::1", "[::1", "a:b", ":80", "", "a:80:90", "a/b:1"})
  void refusesWhatCanBeReadInTwoWays(String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> HostPort.parse(text, 1));
    assertTrue(refused.getMessage().contains("[2001:db8::1]:PORT"), refused.getMessage());
  }

  @Test
  void portsAndHostsHaveBounds() {
    assertThrows(IllegalArgumentException.class, () -> new HostPort("a", 65_536));
    assertThrows(IllegalArgumentException.class, () -> new HostPort("a", -1));
    assertThrows(IllegalArgumentException.class, () -> new HostPort("", 1));
    assertThrows(IllegalArgumentException.class, () -> new HostPort("a".repeat(254), 1));
  }

  @Test
  void whatIsPrintedIsReadAgain() {
    for (String host : new String[] {"a.example", "192.0.2.1", "::1", "fe80::1%eth0", "[::1]"}) {
      HostPort at = new HostPort(host, 443);
      assertEquals(at, HostPort.parse(at.toString(), 1));
      URI uri = URI.create(at.url("https") + "/x");
      assertEquals(443, uri.getPort());
      assertEquals(at.host(), HostPort.bare(uri.getHost()).replace("%25", "%"));
    }
  }

  @Test
  void anEndpointIsPrintedAsAHostAndAPort() {
    assertEquals("direct6:[2001:db8::1]:7", new Endpoint("direct6", "2001:db8::1", 7).toString());
    assertEquals("direct4:192.0.2.1:7", new Endpoint("direct4", "192.0.2.1", 7).toString());
    assertEquals("dns:box.example:7", new Endpoint("dns", "box.example", 7).toString());
  }

  @Test
  void bracketsAreSetOnce() {
    assertEquals("[::1]", HostPort.bracketed("::1"));
    assertEquals("[::1]", HostPort.bracketed("[::1]"));
    assertEquals("a", HostPort.bracketed("a"));
    assertEquals("mqtts://[::1]:8883", new HostPort("::1", 8883).url("mqtts"));
  }
}
