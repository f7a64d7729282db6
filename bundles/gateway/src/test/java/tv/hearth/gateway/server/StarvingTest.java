package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** However many take, the box's own screen is served. */
@Timeout(300)
class StarvingTest {
  private static final String FILM = "/film/film.mp4";
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration SHORT = Duration.ofMillis(400);

  @Test
  void theScreenIsServedWhileFortyTakeAndDoNotRead() throws Exception {
    List<Client> players = new ArrayList<>();
    try (TestGateway gateway =
        new TestGateway(FakeStore.film(5L << 30), TestGateway.settings(32, 6, LONG, LONG, LONG))) {
      for (int i = 0; i < 40; i++) {
        players.add(new Client(gateway.address(), 4096).ask("GET", FILM));
      }
      Await.until("they hold all places", () -> gateway.meter("gateway.open.connections") >= 32);
      for (int i = 0; i < 5; i++) {
        try (Client screen = gateway.client()) {
          assertEquals(200, screen.get("/film/").status(), "time " + i);
          assertEquals(10, screen.get(FILM, "Range: bytes=5-14").body().length);
        }
      }
      assertTrue(gateway.meter("gateway.replaced.connections") >= 5);
    } finally {
      close(players);
    }
  }

  @Test
  void theScreenIsServedWhileFortySendHalfRequests() throws Exception {
    List<Client> halves = new ArrayList<>();
    try (TestGateway gateway =
        new TestGateway(FakeStore.film(1000), TestGateway.settings(32, 6, LONG, LONG, LONG))) {
      for (int i = 0; i < 40; i++) {
        halves.add(gateway.client().send("POST " + FILM + " HTTP/1.1\r\nHost: localhost\r\n"));
        halves.get(i).send(i % 2 == 0 ? "Content-Length: 9\r\n\r\nabc" : "X: y");
      }
      try (Client screen = gateway.client()) {
        assertEquals(200, screen.get("/film/").status());
      }
    } finally {
      close(halves);
    }
  }

  @Test
  void listingsThatNobodyReadsEndToo() throws Exception {
    FakeStore store = FakeStore.film(1000);
    for (int i = 0; i < 900; i++) {
      store.with(
          tv.hearth.gateway.Infos.file(
              tv.hearth.vendor.objects.Shelf.CATALOGUE, "film-" + "x".repeat(90) + i, 1, "", "v"));
    }
    try (TestGateway gateway =
            new TestGateway(store, TestGateway.settings(8, 2, LONG, LONG, SHORT));
        Client client = new Client(gateway.address(), 4096)) {
      client.send("GET /film/ HTTP/1.1\r\nHost: localhost\r\n\r\n".repeat(40));
      Await.until("it is closed", () -> gateway.meter("gateway.slow.clients") == 1);
      Await.until("it is gone", () -> gateway.meter("gateway.open.connections") == 0);
    }
  }

  @Test
  void readsOfOtherDevicesLeaveThreadsToTheBox() throws Exception {
    Settings settings = TestGateway.settings(32, 6, LONG, LONG, LONG);
    ThreadPoolExecutor pool = Readers.pool(settings);
    Lanes lanes = new Lanes(pool, settings);
    CountDownLatch blocked = new CountDownLatch(1);
    CountDownLatch done = new CountDownLatch(24);
    try {
      for (int i = 0; i < 24; i++) {
        lanes.lane(false).execute(() -> block(blocked, done));
      }
      CountDownLatch own = new CountDownLatch(2);
      Executor lane = lanes.lane(true);
      lane.execute(own::countDown);
      lane.execute(own::countDown);
      assertTrue(own.await(2, TimeUnit.MINUTES), "the box waits behind the others");
      assertEquals(24, done.getCount());
      blocked.countDown();
      assertTrue(done.await(2, TimeUnit.MINUTES), "and all others come to their turn");
    } finally {
      pool.shutdownNow();
    }
  }

  private static void block(CountDownLatch blocked, CountDownLatch done) {
    try {
      blocked.await();
      done.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void close(List<Client> clients) throws IOException {
    for (Client client : clients) {
      client.close();
    }
  }
}
