package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.crypto.NodeSettings;
import tv.hearth.tests.contracts.crypto.TestOperator;
import tv.hearth.tests.contracts.pieces.PieceSamples;
import tv.hearth.transfer.net.Settings;

/** What a holder may answer, or who may answer in its place. */
@Timeout(300)
final class HostileHolderTest {
  private static final int UNIT = 65_536;
  private static final PieceId PIECE = PieceSamples.piece(1, 0, 0);
  private static final String PARTIAL =
      "HTTP/1.1 206 Partial Content\r\nHearth-Unit: 65536\r\nContent-Length: 65536\r\n"
          + "Content-Range: bytes 65536-131071/1310720\r\n\r\n";

  private static TestNeighbourhood neighbourhood;
  private static TestBox caller;
  private static CryptoNode rogue;
  private static Path folder;

  @BeforeAll
  static void start(@TempDir Path temp) throws Exception {
    folder = temp;
    neighbourhood = new TestNeighbourhood(temp);
    caller = TestBox.impatient(neighbourhood, "caller");
    rogue = neighbourhood.keys("rogue");
  }

  @AfterAll
  static void stop() throws Exception {
    caller.close();
    rogue.close();
  }

  /** A box that no time limit ends a call of: what ends is ended by something else. */
  private static TestBox patient(String name) throws Exception {
    Settings usual = Settings.DEFAULT;
    Duration never = Duration.ofDays(1);
    Settings patient =
        new Settings(
            never,
            never,
            never,
            never,
            usual.leastRate(),
            never,
            never,
            usual.peerConnections(),
            usual.inbound(),
            usual.outbound(),
            usual.requests(),
            usual.bodyBytes(),
            usual.allowance());
    return new TestBox(neighbourhood, name, patient, Clock.systemUTC(), false);
  }

  private static RogueServer rogue(RogueServer.Script script) throws Exception {
    return new RogueServer(rogue.identity().tls(), script);
  }

  private static void known(RogueServer server) {
    at(rogue.identity().box(), server.port());
  }

  private static void at(BoxId box, int port) {
    neighbourhood.at(box, new Endpoint("direct4", "127.0.0.1", port));
  }

  private static CompletableFuture<byte[]> get() {
    return get(rogue.identity().box());
  }

  private static CompletableFuture<byte[]> get(BoxId at) {
    return caller.transfers().get(at, PIECE, 1, 1, TrafficClass.STREAM);
  }

  private static TransferException failure(Future<?> future) {
    ExecutionException e = assertThrows(ExecutionException.class, () -> future.get());
    return (TransferException) e.getCause();
  }

  private static void fails(Problem problem, RogueServer.Script script) throws Exception {
    try (RogueServer server = rogue(script)) {
      known(server);
      TransferException failure = failure(get());
      assertEquals(problem, failure.problem(), failure.getMessage());
      assertTrue(failure.getMessage().contains(rogue.identity().box().text()));
    }
  }

  private static void answers(Problem problem, String answer) throws Exception {
    fails(
        problem,
        talk -> {
          talk.head();
          talk.say(answer);
          talk.waitForEnd();
        });
  }

  @Test
  void anHonestAnswerIsTaken() throws Exception {
    byte[] content = PieceSamples.content(1, UNIT);
    try (RogueServer server =
        rogue(
            talk -> {
              talk.head();
              talk.say(PARTIAL);
              talk.out().write(content);
              talk.waitForEnd();
            })) {
      known(server);
      assertArrayEquals(content, get().get());
    }
  }

  @Test
  void endlessDataIsNotTaken() throws Exception {
    fails(
        Problem.PROTOCOL,
        talk -> {
          talk.head();
          talk.say("HTTP/1.1 206 Partial Content\r\nHearth-Unit: 65536\r\n\r\n");
          for (int i = 0; i < 100_000; i++) {
            talk.out().write(new byte[UNIT]);
          }
        });
  }

  @Test
  void anEndlessChunkOfAReleaseIsNotTaken() throws Exception {
    failsChunk(
        Problem.PROTOCOL,
        talk -> {
          talk.head();
          talk.say("HTTP/1.1 200 OK\r\n\r\n");
          for (int i = 0; i < 100_000; i++) {
            talk.out().write(new byte[UNIT]);
          }
        });
  }

  @Test
  void aChunkOfAReleaseAByteAtATimeIsGivenUp() throws Exception {
    failsChunk(
        Problem.TIMEOUT,
        talk -> {
          talk.head();
          talk.say("HTTP/1.1 200 OK\r\nContent-Length: " + UNIT + "\r\n\r\n");
          for (int i = 0; i < UNIT; i++) {
            talk.drip("x");
          }
        });
  }

  private static void failsChunk(Problem problem, RogueServer.Script script) throws Exception {
    try (RogueServer server = rogue(script)) {
      known(server);
      BoxId box = rogue.identity().box();
      Bytes root = Bytes.of(PieceSamples.content(4, 32));
      TransferException failure = failure(caller.node().payloads().chunk(box, root, 0, UNIT));
      assertEquals(problem, failure.problem(), failure.getMessage());
    }
  }

  @Test
  void chunksWithoutEndAreNotTaken() throws Exception {
    answers(
        Problem.PROTOCOL,
        "HTTP/1.1 206 Partial Content\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n");
  }

  @Test
  void moreThanWasAskedForIsNotTaken() throws Exception {
    answers(Problem.PROTOCOL, PARTIAL.replace("Length: 65536", "Length: 65537"));
    answers(Problem.PROTOCOL, PARTIAL.replace("Length: 65536", "Length: 99999999999"));
  }

  @Test
  void bytesAfterTheAnswerEndTheConnection() throws Exception {
    AtomicInteger heads = new AtomicInteger();
    try (RogueServer server =
        rogue(
            talk -> {
              while (talk.head() != null) {
                heads.incrementAndGet();
                talk.say(PARTIAL);
                talk.out().write(new byte[UNIT]);
                talk.say("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
              }
            })) {
      known(server);
      get().get();
      get().get();
      assertEquals(2, server.connections());
    }
  }

  @Test
  void theWrongRangeIsNotTaken() throws Exception {
    String body = "x".repeat(UNIT);
    answers(Problem.PROTOCOL, PARTIAL.replace("bytes 65536-131071", "bytes 0-65535") + body);
    answers(Problem.PROTOCOL, PARTIAL.replace("206 Partial", "200 OK") + body);
    answers(Problem.PROTOCOL, PARTIAL.replace("Hearth-Unit: 65536", "Hearth-Unit: 4096") + body);
    String less = PARTIAL.replace("Length: 65536", "Length: 3").replace("131071", "65538");
    answers(Problem.PROTOCOL, less + "abc");
  }

  @Test
  void whatIsNoHttpIsNotTaken() throws Exception {
    answers(Problem.PROTOCOL, "SSH-2.0-OpenSSH_9.2p1 Debian\r\n\r\n");
    answers(Problem.PROTOCOL, "HTTP/1.1 206 OK\r\nX: " + "y".repeat(10_000) + "\r\n\r\n");
  }

  @Test
  void aByteNowAndThenIsTooSlow() throws Exception {
    fails(
        Problem.TIMEOUT,
        talk -> {
          talk.head();
          talk.say(PARTIAL);
          for (int i = 0; i < UNIT; i++) {
            talk.drip("x");
          }
        });
  }

  @Test
  void aHeadThatDripsIsTooSlow() throws Exception {
    fails(
        Problem.TIMEOUT,
        talk -> {
          talk.head();
          talk.say("HTTP/1.1 206 Partial Content\r\nX: ");
          for (int i = 0; i < UNIT; i++) {
            talk.drip("y");
          }
        });
  }

  @Test
  void silenceIsTooSlow() throws Exception {
    fails(Problem.TIMEOUT, RogueServer.Talk::waitForEnd);
  }

  @Test
  void aConnectionLostInTheMiddleCanBeTriedAgain() throws Exception {
    fails(
        Problem.UNREACHABLE,
        talk -> {
          talk.head();
          talk.say(PARTIAL + "some");
        });
  }

  @Test
  void aDeadConnectionOfThePoolIsReplaced() throws Exception {
    try (RogueServer server =
        rogue(
            talk -> {
              talk.head();
              talk.say(PARTIAL);
              talk.out().write(new byte[UNIT]);
              talk.head();
            })) {
      known(server);
      for (int i = 0; i < 3; i++) {
        assertEquals(UNIT, get().get().length);
      }
    }
  }

  @Test
  void aLateListenerOfTlsIsTooSlow() throws Exception {
    try (java.net.ServerSocket mute = new java.net.ServerSocket(0)) {
      at(rogue.identity().box(), mute.getLocalPort());
      assertEquals(Problem.TIMEOUT, failure(get()).problem());
    }
  }

  @Test
  void anotherMemberInItsPlaceIsNotAccepted() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    try (CryptoNode other = neighbourhood.keys("other");
        RogueServer server =
            new RogueServer(
                other.identity().tls(),
                talk -> {
                  if (talk.head() != null) {
                    asked.incrementAndGet();
                  }
                })) {
      at(rogue.identity().box(), server.port());
      TransferException failure = failure(get());
      assertEquals(Problem.NOT_MEMBER, failure.problem());
      assertTrue(failure.getMessage().contains(other.identity().box().text()));
      assertEquals(0, asked.get());
    }
  }

  /** To switch it on would be no help: that is another thing than silence. */
  @Test
  void whoIsGoneForGoodIsNotCalledSilent() throws Exception {
    try (CryptoNode gone = neighbourhood.keys("gone")) {
      neighbourhood.join(gone.identity(), MapBox.State.REMOVED);
      TransferException failure = failure(get(gone.identity().box()));
      assertEquals(Problem.NOT_MEMBER, failure.problem());
      assertTrue(failure.getMessage().contains("was removed"), failure.getMessage());
    }
    try (CryptoNode replaced = neighbourhood.stranger("replaced")) {
      TransferException failure = failure(get(replaced.identity().box()));
      assertEquals(Problem.NOT_MEMBER, failure.problem());
      assertTrue(failure.getMessage().contains("is not in the map"), failure.getMessage());
    }
  }

  @Test
  void anotherOperatorsBoxIsNotAccepted() throws Exception {
    TestOperator foreign = new TestOperator(Instant.now());
    Path place = java.nio.file.Files.createDirectories(folder.resolve("foreign"));
    NodeSettings settings = NodeSettings.of(place.resolve("keys"), foreign.writeAnchor(place));
    try (CryptoNode box =
        CryptoNode.open(settings, java.time.Clock.systemUTC(), new java.security.SecureRandom())) {
      foreign.enrol(box.identity());
      SSLContext tls = box.identity().tls();
      try (RogueServer server = new RogueServer(tls, RogueServer.Talk::waitForEnd)) {
        at(rogue.identity().box(), server.port());
        assertEquals(Problem.NOT_MEMBER, failure(get()).problem());
      }
    }
  }

  @Test
  void theNextEndpointIsTriedWhereOneIsDead() throws Exception {
    int dead;
    try (java.net.ServerSocket closed = new java.net.ServerSocket(0)) {
      dead = closed.getLocalPort();
    }
    try (RogueServer server =
        rogue(
            talk -> {
              talk.head();
              talk.say(PARTIAL);
              talk.out().write(new byte[UNIT]);
              talk.waitForEnd();
            })) {
      neighbourhood.at(
          rogue.identity().box(),
          new Endpoint("carrier-pigeon", "roof", 1),
          new Endpoint("direct4", "not.an.address", server.port()),
          new Endpoint("direct4", "127.0.0.1", dead),
          new Endpoint("dns", "localhost", server.port()));
      assertEquals(UNIT, get().get().length);
    }
  }

  @Test
  void cancellingEndsTheRequest() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    try (RogueServer server =
        rogue(
            talk -> {
              talk.head();
              asked.countDown();
              talk.waitForEnd();
              ended.countDown();
            })) {
      known(server);
      try (TestBox patient = patient("cancels")) {
        CompletableFuture<byte[]> call =
            patient.transfers().get(rogue.identity().box(), PIECE, 1, 1, TrafficClass.STREAM);
        asked.await();
        call.cancel(true);
        assertTrue(ended.await(2, TimeUnit.MINUTES), "the connection is still open");
      }
    }
  }

  @Test
  void stoppingEndsCallsByName() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    TestBox stopped = patient("stopped");
    try (RogueServer server =
        rogue(
            talk -> {
              talk.head();
              asked.countDown();
              talk.waitForEnd();
            })) {
      known(server);
      Future<byte[]> call =
          stopped.transfers().get(rogue.identity().box(), PIECE, 1, 1, TrafficClass.STREAM);
      asked.await();
      stopped.close();
      assertEquals(Problem.STOPPED, failure(call).problem());
    }
  }
}
