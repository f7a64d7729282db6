package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.SocketException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where one request ends and the next begins (RFC 9112), with clients that mean no good. */
class FramingTest {
  private static final String FILM = "/film/film.mp4";
  private static final String GET = "GET " + FILM + " HTTP/1.1\r\nHost: localhost\r\n";
  private TestGateway gateway;
  private Client client;

  @BeforeEach
  void open() throws IOException {
    gateway = new TestGateway(FakeStore.film(1000));
    client = gateway.client();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    gateway.close();
  }

  /** What another reader might take for two requests, or another one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        GET + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        GET + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        GET + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde",
        GET + "Content-Length: 5, 6\r\n\r\nabcde",
        GET + "Content-Length: +5\r\n\r\nabcde",
        GET + "Content-Length: -1\r\n\r\n",
        GET + "Content-Length: 0x5\r\n\r\nabcde",
        GET + "Content-Length: 99999999999999999999\r\n\r\n",
        GET + "Content-Length : 5\r\n\r\nabcde",
        GET + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
        GET + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
        GET + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n",
        GET + "Transfer-Encoding: chunked\r\n\r\n1\nx\n0\n\n",
        GET + "X: a\u0000b\r\n\r\n",
        GET + "X: a\rb\r\n\r\n",
        GET + "X: a\n\r\n",
        GET + "no colon\r\n\r\n",
        GET + "X: a\r\n b\r\n\r\n",
        GET + "X: a\r\n\tb\r\n\r\n",
        GET + "Content-Length:\r\n 5\r\n\r\nabcde",
        GET + "Range: bytes=0-1\r\n \r\n\r\n",
        "GET " + FILM + " http/1.1\r\nHost: localhost\r\n\r\n",
        "GET " + FILM + " HTTP/1.10\r\nHost: localhost\r\n\r\n",
        "GET " + FILM + " HTTP/11.1\r\nHost: localhost\r\n\r\n",
        "GET " + FILM + " HTTP/1\r\nHost: localhost\r\n\r\n",
        "GET " + FILM + " ICY/1.1\r\nHost: localhost\r\n\r\n",
        "GET " + FILM + " HTTP/+1.1\r\nHost: localhost\r\n\r\n",
        "GET " + FILM + " HTTP/1.1\nHost: localhost\n\n",
        "GET " + FILM + " HTTP/1.1 x\r\nHost: localhost\r\n\r\n",
        "GET " + FILM + "\r\n\r\n",
        "GET /film/a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /film/x HTTP/1.1\r\n Host: localhost\r\n\r\n",
        "G\u00cbT /film/x HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /film/x HTTP/1.1\r\n\r\n",
        "GET /film/x HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /film/x HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003\r\n\r\n",
      })
  void isRefusedAndTheConnectionEnds(String text) throws IOException {
    client.send(text + GET + "\r\n");
    Client.Reply reply = client.reply();
    assertEquals(400, reply.status(), () -> "answered " + reply);
    if (!text.contains("Host: a") && text.contains("Host")) {
      assertEquals("close", reply.field("Connection"));
      assertTrue(client.closed(), "what came behind was answered");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip, chunked", "gzip", "identity", "chunked, chunked", "xchunked"})
  void onlyChunkedIsACoding(String coding) throws IOException {
    client.send(GET + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n");
    int status = client.reply().status();
    assertTrue(status == 501 || status == 400, () -> "answered " + status);
    assertTrue(client.closed());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        "GET " + FILM + " HTTP/2.0\r\nHost: localhost\r\n\r\n",
        "GET " + FILM + " HTTP/0.9\r\nHost: localhost\r\n\r\n",
        "GET " + FILM + " HTTP/3.0\r\nHost: localhost\r\n\r\n",
      })
  void otherVersionsAreToldOnceAndTheConnectionEnds(String text) throws IOException {
    client.send(text + GET + "\r\n");
    assertEquals(505, client.reply().status());
    assertTrue(client.closed());
  }

  /** The preface as a client sends it: with the first frames behind it, and in pieces. */
  @Test
  void aPrefaceInPiecesIsAnsweredOnce() throws IOException {
    String whole = "PRI * HTTP/2.0\r\n|\r\n|SM\r\n|\r\n|\0\0\22\4\0\0\0\0\0";
    for (String piece : whole.split("\\|")) {
      client.send(piece);
    }
    assertEquals(505, client.reply().status());
    assertTrue(client.closed());
  }

  @Test
  void aLaterMinorVersionIsOurs() throws IOException {
    client.send("GET " + FILM + " HTTP/1.2\r\nHost: localhost\r\n\r\n");
    assertEquals(200, client.reply().status());
  }

  /** However it arrives: the fold is seen where the line before it was decoded already. */
  @Test
  void aFoldInPiecesIsRefused() throws IOException {
    for (char each : (GET + "X: a\r\n b\r\n").toCharArray()) {
      client.send(String.valueOf(each));
    }
    assertEquals(400, client.reply().status());
    assertTrue(client.closed());
  }

  @Test
  void afterABodyTheNextHeadIsLookedAtToo() throws IOException {
    client.send(GET + "Content-Length: 4\r\n\r\n\n b " + GET + "X: a\r\n b\r\n\r\n");
    assertEquals(200, client.reply().status());
    assertEquals(400, client.reply().status());
    assertTrue(client.closed());
  }

  @Test
  void aHeadHasAHundredLines() throws IOException {
    client.send(GET + "X: y\r\n".repeat(99) + "\r\n");
    assertEquals(200, client.reply().status());
    client.send(GET + "X: y\r\n".repeat(100) + "\r\n");
    assertEquals(431, client.reply().status());
    assertTrue(client.closed());
  }

  @Test
  void longHeads() throws IOException {
    client.send("GET /film/" + "x".repeat(9000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertEquals(414, client.reply().status());
    try (Client other = gateway.client()) {
      other.send(GET + "X: " + "y".repeat(20_000) + "\r\n\r\n");
      assertEquals(431, other.reply().status());
      assertTrue(other.closed());
    }
  }

  @Test
  void aGiantHeadEndsInTime() throws IOException {
    client.send(GET);
    IOException ended = null;
    String line = "y".repeat(1000);
    for (int i = 0; i < 60_000 && ended == null; i++) {
      try {
        client.send("X" + i + ": " + line + "\r\n");
      } catch (SocketException e) {
        ended = e;
      }
    }
    assertTrue(ended != null, "sixty megabytes of header were taken");
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws IOException {
    StringBuilder many = new StringBuilder();
    for (int i = 0; i < 200; i++) {
      many.append(GET).append("Range: bytes=").append(i).append("-").append(i).append("\r\n\r\n");
    }
    client.send(many.toString());
    for (int i = 0; i < 200; i++) {
      Client.Reply reply = client.reply();
      assertEquals("bytes " + i + "-" + i + "/1000", reply.field("Content-Range"));
      assertEquals(FakeStore.at(i), reply.body()[0]);
    }
  }

  @Test
  void headsAmongPipelinedRequests() throws IOException {
    String head = GET.replace("GET", "HEAD") + "\r\n";
    client.send(head + GET + "\r\n" + head + GET + "If-None-Match: *\r\n\r\n" + GET + "\r\n");
    assertEquals(200, client.head().status());
    assertEquals(1000, client.reply().body().length);
    assertEquals(200, client.head().status());
    assertEquals(304, client.head().status());
    assertEquals(1000, client.reply().body().length);
  }

  @Test
  void smallBodiesAreReadOver() throws IOException {
    client.send(GET + "Content-Length: 5\r\n\r\nabcde");
    assertEquals(200, client.reply().status());
    client.send(
        GET + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nT: t\r\n\r\n");
    assertEquals(200, client.reply().status());
    client.ask("POST", FILM, "Content-Length: 3").send("abc");
    assertEquals(405, client.reply().status());
    assertEquals(200, client.get(FILM).status(), "the connection serves on");
  }

  @Test
  void bigBodiesAreRefused() throws IOException {
    client.ask("POST", FILM, "Content-Length: 1000000000");
    assertEquals(413, client.reply().status());
    assertTrue(client.closed());
  }

  @Test
  void endlessChunksAreRefused() throws IOException {
    client.ask("PUT", FILM, "Transfer-Encoding: chunked");
    String chunk = "1000\r\n" + "z".repeat(4096) + "\r\n";
    for (int i = 0; i < 17; i++) {
      client.send(chunk);
    }
    assertEquals(413, client.reply().status());
    assertTrue(client.closed());
  }

  @Test
  void whoeverExpectsToSendABodyHearsTheAnswerInstead() throws IOException {
    client.ask("PUT", FILM, "Content-Length: 10", "Expect: 100-continue");
    Client.Reply reply = client.reply();
    assertEquals(405, reply.status());
    assertEquals("close", reply.field("Connection"));
    assertTrue(client.closed());
    try (Client other = gateway.client()) {
      assertEquals(200, other.get(FILM, "Expect: 100-continue").status());
      assertEquals(417, other.get(FILM, "Expect: tea").status());
    }
  }

  @Test
  void aFoldedHostIsNone() throws IOException {
    client.send(GET + " : x\r\n\r\n");
    assertEquals(400, client.reply().status());
  }

  @Test
  void emptyLinesBeforeARequestAreSkipped() throws IOException {
    client.send("\r\n\r\n" + GET + "\r\n");
    assertEquals(200, client.reply().status());
  }
}
