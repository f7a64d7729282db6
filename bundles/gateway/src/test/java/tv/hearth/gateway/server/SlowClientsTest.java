package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients that take their time, by misfortune or on purpose. */
@Timeout(300)
class SlowClientsTest {
  private static final String FILM = "/film/film.mp4";
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(400);

  @Test
  void aByteNowAndThenIsNoRequest() throws Exception {
    try (TestGateway gateway =
            new TestGateway(FakeStore.film(10), TestGateway.settings(8, 2, SHORT, LONG, LONG));
        Client client = gateway.client()) {
      String text = "GET " + FILM + " HTTP/1.1\r\nHost: localhost\r\n" + "X: y\r\n".repeat(50);
      int sent = 0;
      while (sent < text.length() && !client.hears(50)) {
        client.send(text.substring(sent, ++sent));
      }
      assertEquals(408, client.reply().status());
      assertTrue(sent < text.length(), "a head that never ends was read to its end");
      assertTrue(client.closed());
      assertEquals(1, gateway.meter("gateway.slow.clients"));
    }
  }

  @Test
  void aBodyThatTricklesIsBoundedToo() throws Exception {
    try (TestGateway gateway =
            new TestGateway(FakeStore.film(10), TestGateway.settings(8, 2, SHORT, LONG, LONG));
        Client client = gateway.client()) {
      client.ask("GET", FILM, "Content-Length: 1000");
      int sent = 0;
      while (sent < 999 && !client.hears(50)) {
        client.send("x");
        sent++;
      }
      assertEquals(408, client.reply().status());
      assertTrue(sent < 999, "a body that trickles was read to its end");
    }
  }

  @Test
  void aSilentConnectionIsClosed() throws Exception {
    try (TestGateway gateway =
            new TestGateway(FakeStore.film(10), TestGateway.settings(8, 2, SHORT, SHORT, LONG));
        Client never = gateway.client();
        Client once = gateway.client()) {
      assertEquals(200, once.get(FILM).status());
      assertTrue(never.closed());
      assertTrue(once.closed());
    }
  }

  @Test
  void aReaderThatStopsForTooLongIsClosed() throws Exception {
    try (TestGateway gateway =
            new TestGateway(
                FakeStore.film(5L << 30), TestGateway.settings(8, 2, LONG, LONG, SHORT));
        Client client = gateway.client()) {
      client.ask("GET", FILM);
      assertEquals(200, client.head().status());
      Await.until("the stall is noticed", () -> gateway.meter("gateway.slow.clients") == 1);
      Await.until("it is closed", () -> gateway.meter("gateway.open.connections") == 0);
    }
  }

  @Test
  void slowReadersHoldAChunkEachAndNobodyElseUp() throws Exception {
    FakeStore store = FakeStore.film(5L << 30);
    try (TestGateway gateway =
        new TestGateway(store, TestGateway.settings(32, 2, LONG, LONG, LONG))) {
      List<Client> slow = new ArrayList<>();
      for (int i = 0; i < 31; i++) {
        Client client = new Client(gateway.address(), 4096);
        slow.add(client);
        client.ask("GET", FILM);
        assertEquals(200, client.head().status());
      }
      settle(store);
      long each = store.given.get() / slow.size();
      assertTrue(each < 2 << 20, each + " bytes were read ahead for each of them");
      try (Client quick = gateway.client()) {
        assertEquals(10, quick.get(FILM, "Range: bytes=5-14").body().length);
      }
      for (Client client : slow) {
        client.close();
      }
      Await.until("all are gone", () -> gateway.meter("gateway.open.connections") == 0);
    }
  }

  /** Waits until nothing more is read. */
  private static void settle(FakeStore store) throws Exception {
    long[] before = {-1, System.nanoTime()};
    Await.until(
        "reading stops",
        () -> {
          long now = store.given.get();
          if (now != before[0]) {
            before[0] = now;
            before[1] = System.nanoTime();
          }
          return System.nanoTime() - before[1] > TimeUnit.MILLISECONDS.toNanos(300);
        });
  }

  @Test
  void playersAtOnceGetTheirOwnBytes() throws Exception {
    FakeStore store = FakeStore.film(5L << 30);
    try (TestGateway gateway = new TestGateway(store)) {
      List<CompletableFuture<Boolean>> players = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        long first = i * 400_000_000L + i;
        players.add(CompletableFuture.supplyAsync(() -> play(gateway, first)));
      }
      for (CompletableFuture<Boolean> player : players) {
        assertTrue(player.get());
      }
      Await.until(
          "every byte is counted", () -> gateway.meter("gateway.sent.bytes") == 12 * 1_000_000);
    }
  }

  private static boolean play(TestGateway gateway, long first) {
    try (Client client = gateway.client()) {
      byte[] body = client.get(FILM, "Range: bytes=" + first + "-" + (first + 999_999)).body();
      return java.util.Arrays.equals(AnswersTest.bytes(first, 1_000_000), body);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void whereThereIsNoRoomTheIdleOneGoes() throws Exception {
    FakeStore store = FakeStore.film(5L << 30);
    try (TestGateway gateway =
            new TestGateway(store, TestGateway.settings(2, 2, LONG, LONG, LONG));
        Client plays = gateway.client()) {
      plays.ask("GET", FILM);
      assertEquals(200, plays.head().status());
      try (Client idle = gateway.client();
          Client next = gateway.client()) {
        assertEquals(200, next.get("/film/").status());
        assertTrue(idle.closed());
        assertFalse(plays.read(new byte[10]) < 0);
      }
    }
  }

  @Test
  void whereAllPlayTheNextIsToldToComeLater() throws Exception {
    FakeStore store = FakeStore.film(5L << 30);
    try (TestGateway gateway =
            new TestGateway(store, TestGateway.settings(1, 2, LONG, LONG, LONG));
        Client plays = gateway.client()) {
      plays.ask("GET", FILM);
      assertEquals(200, plays.head().status());
      try (Client next = gateway.client()) {
        Client.Reply reply = next.get("/film/");
        assertEquals(503, reply.status());
        assertEquals("2", reply.field("Retry-After"));
        assertTrue(next.closed());
        assertEquals(1, gateway.meter("gateway.refused.connections"));
      }
      List<Client> flood = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        flood.add(gateway.client());
      }
      Await.until("the flood is bounded", () -> gateway.meter("gateway.open.connections") <= 9);
      for (Client client : flood) {
        client.close();
      }
      assertFalse(plays.read(new byte[10]) < 0);
    }
  }
}
