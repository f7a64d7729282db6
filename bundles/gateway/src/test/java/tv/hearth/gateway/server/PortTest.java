package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PortTest {
  @Test
  void addressesShareAPrefix() throws Exception {
    assertTrue(same("192.168.1.7", "192.168.1.200", 24));
    assertFalse(same("192.168.1.7", "192.168.2.7", 24));
    assertTrue(same("10.0.1.7", "10.0.3.7", 22));
    assertFalse(same("10.0.1.7", "10.0.4.7", 22));
    assertTrue(same("10.0.0.127", "10.0.0.1", 25));
    assertFalse(same("10.0.0.128", "10.0.0.1", 25));
    assertTrue(same("fe80::1", "fe80::2", 64));
    assertFalse(same("2001:db8:0:1::1", "2001:db8:0:2::1", 64));
    assertFalse(same("10.0.0.1", "fe80::1", 8));
    assertFalse(same("10.0.0.1", "10.0.0.1", 0));
  }

  private static boolean same(String one, String other, int bits) throws Exception {
    return Peers.samePrefix(
        InetAddress.getByName(one).getAddress(), InetAddress.getByName(other).getAddress(), bits);
  }

  @Test
  void whoIsAtHome() throws Exception {
    InetAddress loopback = InetAddress.getByName("127.0.0.1");
    InetAddress far = InetAddress.getByName("203.0.113.9");
    assertTrue(Peers.isThisBox(loopback, loopback));
    assertTrue(Peers.isThisBox(far, far));
    assertFalse(Peers.isThisBox(far, loopback));
    assertFalse(Peers.isOnLink(far, loopback));
    assertTrue(Peers.isOnLink(InetAddress.getByName("127.9.9.9"), loopback));
  }

  @Test
  void closingTakesAMomentAndLeavesNoThread() throws Exception {
    FakeStore store = FakeStore.film(5L << 30);
    TestGateway gateway = new TestGateway(store);
    try (Client idle = gateway.client();
        Client plays = gateway.client()) {
      assertEquals(200, idle.get("/film/").status());
      plays.ask("GET", "/film/film.mp4");
      assertEquals(200, plays.head().status());
      long start = System.nanoTime();
      gateway.close();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      assertTrue(millis < 400, "closed in " + millis + " ms");
      assertTrue(idle.closed());
      Await.until(
          "its threads end",
          () ->
              Thread.getAllStackTraces().keySet().stream()
                  .noneMatch(thread -> thread.getName().startsWith("hearth-gateway")));
    }
    int port = gateway.address().getPort();
    try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
      assertEquals(port, free.getLocalPort());
    }
  }

  @Test
  void chunksShrinkWithMoreConnections() {
    Duration any = Duration.ofSeconds(1);
    assertEquals(256 << 10, TestGateway.settings(32, 1, any, any, any).chunk());
    assertEquals(32 << 10, TestGateway.settings(1000, 1, any, any, any).chunk());
  }
}
