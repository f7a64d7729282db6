package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tv.hearth.gateway.Infos;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.Shelf;

/** The store fails, goes and comes back, while a player reads. */
@Timeout(300)
class ReplacementTest {
  private static final int LENGTH = 3 << 20;
  private static final int MIDDLE = LENGTH / 2;
  private static final String FILM = "/film/film.mp4";

  private static ObjectFailure failure(Problem problem) {
    return new ObjectFailure(problem, "no luck");
  }

  /** Reads the film on another thread. */
  private static CompletableFuture<byte[]> play(TestGateway gateway) {
    return CompletableFuture.supplyAsync(
        () -> {
          try (Client client = gateway.client()) {
            return client.get(FILM).body();
          } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
          }
        });
  }

  @Test
  void aServiceThatIsReplacedMidBodyCutsNobody() throws Exception {
    CountDownLatch reached = new CountDownLatch(1);
    FakeStore old = FakeStore.film(LENGTH);
    try (TestGateway gateway = new TestGateway(old)) {
      old.troubled(
          offset -> {
            if (offset > MIDDLE) {
              reached.countDown();
              throw new IllegalStateException("this bundle is stopped");
            }
          });
      CompletableFuture<byte[]> player = play(gateway);
      assertTrue(reached.await(2, TimeUnit.MINUTES));
      gateway.gate.close(old);
      Await.until("the old one is asked no more", () -> gateway.gate.now().isEmpty());
      gateway.gate.open(FakeStore.film(LENGTH));
      assertArrayEquals(AnswersTest.bytes(0, LENGTH), player.get());
      assertEquals(0, gateway.meter("gateway.cut.answers"));
    }
  }

  @Test
  void aClassThatIsGoneIsTriedAgain() throws Exception {
    AtomicInteger failures = new AtomicInteger();
    FakeStore store =
        FakeStore.film(LENGTH)
            .troubled(
                offset -> {
                  if (offset > MIDDLE && failures.incrementAndGet() < 3) {
                    throw new NoClassDefFoundError("unloaded");
                  }
                });
    try (TestGateway gateway = new TestGateway(store)) {
      assertArrayEquals(AnswersTest.bytes(0, LENGTH), play(gateway).get());
    }
  }

  @Test
  void tooFewPiecesForAMomentIsAStallAndNoCut() throws Exception {
    AtomicLong begun = new AtomicLong();
    FakeStore store =
        FakeStore.film(LENGTH)
            .troubled(
                offset -> {
                  long now = System.nanoTime();
                  if (offset > MIDDLE
                      && now - begun.updateAndGet(at -> at == 0 ? now : at) < 2_000_000_000L) {
                    throw failure(Problem.TOO_FEW_PIECES);
                  }
                });
    try (TestGateway gateway = new TestGateway(store)) {
      assertArrayEquals(AnswersTest.bytes(0, LENGTH), play(gateway).get());
      assertTrue(gateway.meter("gateway.stalled.reads") > 0);
    }
  }

  @Test
  void aPartOfABufferFilledByAFailedAttemptIsNotSent() throws Exception {
    AtomicInteger calls = new AtomicInteger();
    FakeStore store =
        new FakeStore() {
          @Override
          public int read(
              tv.hearth.vendor.objects.ObjectRef ref, long offset, java.nio.ByteBuffer into)
              throws ObjectFailure {
            if (calls.incrementAndGet() % 2 == 1) {
              into.put(new byte[1000]);
              throw failure(Problem.NOT_READY);
            }
            return super.read(ref, offset, into);
          }
        };
    store.with(Infos.file(Shelf.CATALOGUE, "film.mp4", LENGTH, "video/mp4", "v1"));
    try (TestGateway gateway = new TestGateway(store)) {
      assertArrayEquals(AnswersTest.bytes(0, LENGTH), play(gateway).get());
    }
  }

  @Test
  void aBodyThatCantGoOnIsCutAndResumedByRange() throws Exception {
    FakeStore store =
        FakeStore.film(LENGTH)
            .troubled(
                offset -> {
                  if (offset > MIDDLE) {
                    throw failure(Problem.DAMAGED);
                  }
                });
    try (TestGateway gateway = new TestGateway(store);
        Client client = gateway.client()) {
      client.ask("GET", FILM);
      assertEquals(LENGTH, client.head().length());
      int got = drain(client);
      assertTrue(got >= MIDDLE && got < LENGTH, "got " + got);
      assertEquals(1, gateway.meter("gateway.cut.answers"));
      store.troubled(offset -> {});
      try (Client again = gateway.client()) {
        Client.Reply rest = again.get(FILM, "Range: bytes=" + got + "-", "If-Range: \"v1\"");
        assertEquals(206, rest.status());
        assertArrayEquals(AnswersTest.bytes(got, LENGTH - got), rest.body());
      }
    }
  }

  private static int drain(Client client) throws IOException {
    byte[] buffer = new byte[8192];
    int got = 0;
    int read = 0;
    while (read >= 0) {
      got += read;
      try {
        read = client.read(buffer);
      } catch (java.net.SocketException e) {
        read = -1;
      }
    }
    return got;
  }

  @Test
  void versionsAreNotMixed() throws Exception {
    FakeStore store = FakeStore.film(LENGTH);
    store.troubled(
        offset -> {
          if (offset > MIDDLE) {
            store.with(Infos.file(Shelf.CATALOGUE, "film.mp4", LENGTH, "video/mp4", "v2"));
          }
        });
    try (TestGateway gateway = new TestGateway(store);
        Client client = gateway.client()) {
      assertThrows(EOFException.class, () -> client.get(FILM));
      try (Client again = gateway.client()) {
        Client.Reply whole = again.get(FILM, "Range: bytes=9-", "If-Range: \"v1\"");
        assertEquals(200, whole.status());
        assertEquals("\"v2\"", whole.field("ETag"));
      }
    }
  }

  @Test
  void aVersionThatChangesBeforeTheFirstByteIsAnsweredWhole() throws Exception {
    FakeStore store = FakeStore.film(LENGTH);
    store.troubled(
        offset -> store.with(Infos.file(Shelf.CATALOGUE, "film.mp4", 100, "video/mp4", "v2")));
    try (TestGateway gateway = new TestGateway(store);
        Client client = gateway.client()) {
      Client.Reply reply = client.get(FILM);
      assertEquals(200, reply.status());
      assertEquals("\"v2\"", reply.field("ETag"));
      assertEquals(100, reply.body().length);
    }
  }

  @Test
  void aStoreThatIsShorterThanItSaysCutsTheBody() throws Exception {
    FakeStore store =
        new FakeStore() {
          @Override
          public int read(
              tv.hearth.vendor.objects.ObjectRef ref, long offset, java.nio.ByteBuffer into)
              throws ObjectFailure {
            return offset > MIDDLE ? -1 : super.read(ref, offset, into);
          }
        };
    store.with(Infos.file(Shelf.CATALOGUE, "film.mp4", LENGTH, "video/mp4", "v1"));
    try (TestGateway gateway = new TestGateway(store);
        Client client = gateway.client()) {
      assertThrows(EOFException.class, () -> client.get(FILM));
    }
  }

  @Test
  void aStoreThatIsNotReadyIsWaitedFor() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    FakeStore store =
        FakeStore.film(LENGTH)
            .troubled(
                offset -> {
                  if (asked.incrementAndGet() < 4) {
                    throw failure(Problem.NOT_READY);
                  }
                });
    try (TestGateway gateway = new TestGateway(store);
        Client client = gateway.client()) {
      assertEquals(206, client.get(FILM, "Range: bytes=0-9").status());
    }
  }

  @Test
  void withoutAStoreTheAnswerIsLaterInTime() throws Exception {
    FakeStore store = FakeStore.film(LENGTH);
    try (TestGateway gateway = new TestGateway(store);
        Client client = gateway.client()) {
      gateway.gate.close(store);
      client.ask("GET", "/film/");
      Await.until("it is answered", () -> client.hears(1000));
      Client.Reply reply = client.reply();
      assertEquals(503, reply.status());
      assertEquals("1", reply.field("Retry-After"));
      gateway.gate.open(store);
      assertEquals(200, client.get("/film/").status(), "the connection serves on");
    }
  }
}
