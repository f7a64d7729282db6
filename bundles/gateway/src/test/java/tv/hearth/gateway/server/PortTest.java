package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(300)
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
  void closingWaitsForNoAnswerAndLeavesNoThread() throws Exception {
    CountDownLatch stuck = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    AtomicBoolean returned = new AtomicBoolean();
    FakeStore store =
        FakeStore.film(5L << 30)
            .troubled(
                offset -> {
                  if (offset > 1 << 20) {
                    stuck.countDown();
                    awaitWhateverInterrupts(over);
                    returned.set(true);
                  }
                });
    TestGateway gateway = new TestGateway(store);
    try (Client idle = gateway.client();
        Client slow = gateway.client();
        Client plays = gateway.client()) {
      assertEquals(200, idle.get("/film/").status());
      slow.ask("GET", "/film/film.mp4");
      assertEquals(200, slow.head().status());
      plays.ask("GET", "/film/film.mp4");
      assertEquals(200, plays.head().status());
      CompletableFuture<Void> taking = CompletableFuture.runAsync(() -> takeAll(plays));
      stuck.await();
      gateway.close();
      assertFalse(returned.get(), "the store's call was waited for");
      over.countDown();
      taking.get();
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

  private static void takeAll(Client client) {
    byte[] buffer = new byte[8192];
    try {
      while (client.read(buffer) >= 0) {
        continue;
      }
    } catch (IOException e) {
      // The gateway cut it off: what the test is about.
      return;
    }
  }

  /** A call of a store that nothing gets out of it. */
  private static void awaitWhateverInterrupts(CountDownLatch latch) {
    boolean interrupted = false;
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void chunksShrinkWithMoreConnections() {
    Duration any = Duration.ofSeconds(1);
    assertEquals(256 << 10, TestGateway.settings(32, 1, any, any, any).chunk());
    assertEquals(32 << 10, TestGateway.settings(1000, 1, any, any, any).chunk());
  }
}
