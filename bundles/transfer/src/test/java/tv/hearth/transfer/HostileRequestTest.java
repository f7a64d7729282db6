package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.transfer.RawPeer.head;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.tests.contracts.pieces.PieceSamples;
import tv.hearth.transfer.RawPeer.Reply;

/** What a member may send that is no proper request of HTTP. */
@Timeout(300)
final class HostileRequestTest {
  private static final PieceId PIECE = PieceSamples.piece(1, 0, 0);
  private static final String PATH = "/v1/pieces/" + PIECE;

  private static TestBox holder;
  private static TestBox member;

  @BeforeAll
  static void start(@TempDir Path temp) throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    holder = TestBox.impatient(neighbourhood, "holder");
    member = TestBox.impatient(neighbourhood, "member");
  }

  @AfterAll
  static void stop() throws Exception {
    member.close();
    holder.close();
  }

  private RawPeer peer() throws Exception {
    return new RawPeer(member.identity().tls(), holder.port());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/v1/pieces/../../etc/passwd",
        "/v1/pieces/%2e%2e/0/0",
        "/v1/records/root/../../x",
        "/v1//keep",
        "/v1/keep/",
        "/v1/keep?x=1",
        "//v1/keep",
        "/v1/pieces/00000000000000009e3779b97f4a7c15/0/3/../4",
        "/v1/pieces/00000000000000009E3779B97F4A7C15/0/3",
        "/v1/pieces/00000000000000009e3779b97f4a7c15/00/3",
        "/v1/pieces/00000000000000009e3779b97f4a7c15/-1/3",
        "/v1/pieces/00000000000000009e3779b97f4a7c15/99999999/3",
        "/v1/pieces/00000000000000009e3779b97f4a7c15/0/255",
        "/v1/pieces/00000000000000009e3779b97f4a7c15/0/3%00",
        "/v1/records/Unknown/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/x",
        "/v1/records/-unknown/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/x",
        "/v1/records/unknown-and-too-long/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/x",
        "/v1/records/root/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa/x?after=y",
        "http://box/v1/endpoints",
        "/v1/endpoints#x",
        "*"
      })
  void oddPathsAreUnknown(String path) throws Exception {
    try (RawPeer peer = peer()) {
      Reply reply = peer.ask("GET", path);
      assertEquals(404, reply.status(), path);
      assertEquals("NOT_FOUND", reply.problem());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DELETE", "POST", "OPTIONS", "TRACE", "CONNECT", "PROPFIND"})
  void otherMethodsAreRefused(String method) throws Exception {
    try (RawPeer peer = peer()) {
      assertEquals(405, peer.ask(method, PATH).status());
    }
  }

  @Test
  void anOverlongLineIsRefused() throws Exception {
    try (RawPeer peer = peer()) {
      assertEquals(414, peer.ask("GET", "/v1/" + "a".repeat(2000)).status());
      assertTrue(peer.isClosedByPeer());
    }
  }

  @Test
  void giantHeadersAreRefused() throws Exception {
    try (RawPeer peer = peer()) {
      assertEquals(431, peer.ask("GET", PATH, "X: " + "a".repeat(9000)).status());
      assertTrue(peer.isClosedByPeer());
    }
  }

  @Test
  void headersWithoutEndAreCutOff() throws Exception {
    try (RawPeer peer = peer()) {
      peer.send("GET " + PATH + " HTTP/1.1\r\nHost: box\r\n");
      assertThrows(IOException.class, () -> flood(peer, "X-Y: z\r\n"));
    }
  }

  private static void flood(RawPeer peer, String line) throws IOException {
    for (int i = 0; i < 1_000_000; i++) {
      peer.send(line);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: chunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length: 5\r\nContent-Length: 6",
        "Content-Length: 5, 6",
        "Content-Length: -1",
        "Content-Length: +5",
        "Content-Length: 0x5",
        "Content-Length : 5",
        "Transfer-Encoding: identity, chunked",
        "Transfer-Encoding: xchunked",
        "Content-Length: 5\r\n\tfolded: x",
        "Host: other"
      })
  void bodiesWithoutOneCertainLengthAreRefused(String header) throws Exception {
    try (RawPeer peer = peer()) {
      Reply reply = peer.send(head("POST", "/v1/keep", header) + "5\r\nhello\r\n0\r\n\r\n").reply();
      assertTrue(reply.status() == 400 || reply.status() == 411, header + ": " + reply.status());
      assertTrue(peer.isClosedByPeer());
    }
  }

  @Test
  void aFoldedLineIsRefused() throws Exception {
    try (RawPeer peer = peer()) {
      assertEquals(400, peer.ask("GET", "/v1/endpoints", "X-A: b", " c: d").status());
      assertTrue(peer.isClosedByPeer());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/2.0", "HTTP/0.9", "HTTP/1.2", "HTTP/1.10", "HTTQ/1.1"})
  void otherVersionsAreRefused(String version) throws Exception {
    try (RawPeer peer = peer()) {
      Reply reply = peer.send("GET /v1/endpoints " + version + "\r\nHost: box\r\n\r\n").reply();
      assertTrue(reply.status() == 505 || reply.status() == 400, version + ": " + reply.status());
      assertTrue(peer.isClosedByPeer());
    }
  }

  @Test
  void hundredsOfHeaderLinesAreRefused() throws Exception {
    try (RawPeer peer = peer()) {
      assertEquals(431, peer.ask("GET", "/v1/endpoints", "X-Y: z\r\n".repeat(500).trim()).status());
      assertTrue(peer.isClosedByPeer());
    }
  }

  /** The preface of HTTP/2 looks like two requests. */
  @Test
  void thePrefaceOfAnotherVersionGetsOneAnswer() throws Exception {
    try (RawPeer peer = peer()) {
      assertEquals(505, peer.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n").reply().status());
      assertEquals("", peer.rest());
    }
  }

  @Test
  void aSecondRequestInTheFirstOnesShadowGetsNoAnswer() throws Exception {
    try (RawPeer peer = peer()) {
      String smuggled = head("GET", "/v1/endpoints");
      peer.send(head("POST", "/v1/keep", "Content-Length: 4") + "aaaa" + smuggled + smuggled);
      assertTrue(peer.isClosedByPeer());
    }
  }

  @Test
  void aBodyBeyondWhatItsKindMayHaveIsNotTaken() throws Exception {
    try (RawPeer peer = peer()) {
      assertEquals(413, peer.ask("POST", "/v1/keep", "Content-Length: 5000").status());
    }
    try (RawPeer peer = peer()) {
      assertEquals(413, peer.ask("GET", PATH, "Content-Length: 1").status());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "bytes 0-65536/65536",
        "bytes 5-4/65536",
        "bytes 0-9/*",
        "bytes 0-99999999999999999999/65536",
        "units 0-1/2",
        "bytes 0-9"
      })
  void contentRangesThatOverrunAreRefused(String range) throws Exception {
    try (RawPeer peer = peer()) {
      Reply reply =
          peer.ask(
              "PUT",
              PATH,
              "Content-Length: 10",
              "Content-Range: " + range,
              "Hearth-Grant: " + grant(65_536),
              "Expect: 100-continue");
      assertEquals(400, reply.status());
      assertEquals("PROTOCOL", reply.problem());
    }
  }

  @Test
  void aBodyOfAnotherLengthThanItsRangeIsRefused() throws Exception {
    try (RawPeer peer = peer()) {
      Reply reply =
          peer.ask(
              "PUT",
              PATH,
              "Content-Length: 11",
              "Content-Range: bytes 0-9/65536",
              "Hearth-Grant: " + grant(65_536));
      assertEquals(400, reply.status());
    }
  }

  @Test
  void aByteASecondIsCutOffAndWhatCameCanBeResumed() throws Exception {
    byte[] content = PieceSamples.content(3, 100_000);
    try (RawPeer peer = peer()) {
      peer.send(
          head(
              "PUT",
              PATH,
              "Content-Length: 100000",
              "Content-Range: bytes 0-99999/100000",
              "Hearth-Grant: " + grant(100_000)));
      peer.send(Arrays.copyOf(content, 70_000));
      assertThrows(IOException.class, () -> drip(peer));
    }
    long there =
        member
            .transfers()
            .put(
                holder.id(),
                PIECE,
                member.grant(holder.id(), PIECE, 100_000),
                0,
                ByteBuffer.allocate(0),
                TrafficClass.BACKUP)
            .get()
            .written();
    assertTrue(there >= 65_536 && there < 100_000, "there: " + there);
    assertTrue(
        member
            .transfers()
            .put(
                holder.id(),
                PIECE,
                member.grant(holder.id(), PIECE, 100_000),
                there,
                ByteBuffer.wrap(content, (int) there, 100_000 - (int) there),
                TrafficClass.BACKUP)
            .get()
            .receipt()
            .isPresent());
    ByteBuffer back = ByteBuffer.allocate(131_072);
    holder.pieces().read(PIECE, 0, 2, back);
    assertArrayEquals(content, Arrays.copyOf(back.array(), 100_000));
  }

  /** A byte, and a while until the next; until the connection is gone. */
  private static void drip(RawPeer peer) throws IOException {
    while (true) {
      peer.send(new byte[1]);
      LockSupport.parkNanos(200_000_000);
    }
  }

  @Test
  void whoSaysNothingIsCutOff() throws Exception {
    try (RawPeer peer = peer()) {
      assertTrue(peer.isClosedByPeer());
    }
    try (RawPeer peer = peer()) {
      peer.send("GET /v1/endp");
      assertTrue(peer.isClosedByPeer());
    }
  }

  @Test
  void anHonestRequestIsAnsweredAfterAllThat() throws Exception {
    try (RawPeer peer = peer()) {
      assertEquals(200, peer.ask("GET", "/v1/endpoints").status());
      Reply head = peer.ask("HEAD", "/v1/pieces/" + PieceSamples.piece(9, 9, 9));
      assertEquals(404, head.status());
      assertNotEquals("", head.problem());
      assertEquals(200, peer.ask("GET", "/v1/endpoints").status());
    }
  }

  private String grant(long length) throws Exception {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(member.grant(holder.id(), PIECE, length));
  }
}
