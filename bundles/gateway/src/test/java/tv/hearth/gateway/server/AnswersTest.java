package tv.hearth.gateway.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.gateway.Infos;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;
import tv.hearth.vendor.objects.Shelf;

/** Each status over a real socket, on one connection that serves on where it may. */
class AnswersTest {
  private static final long LENGTH = 1000;
  private static final String FILM = "/film/film.mp4";

  private FakeStore store;
  private TestGateway gateway;
  private Client client;

  @BeforeEach
  void open() throws IOException {
    store =
        FakeStore.film(LENGTH)
            .with(Infos.file(Shelf.CATALOGUE, "empty", 0, "", "e"))
            .with(Infos.file(Shelf.HOUSEHOLD, "page.html", 5, "text/html", "h"))
            .with(Infos.file(Shelf.HOUSEHOLD, "evil", 5, "a/b\r\nSet-Cookie: x=y", "h\r\n\"x"))
            .with(Infos.folder(Shelf.CATALOGUE, "hls", "f", "index.m3u8", "v/part 1.m4s"));
    gateway = new TestGateway(store);
    client = gateway.client();
  }

  @AfterEach
  void close() throws IOException {
    client.close();
    gateway.close();
  }

  static byte[] bytes(long first, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = FakeStore.at(first + i);
    }
    return bytes;
  }

  @Test
  void wholeWithAllItsFields() throws IOException {
    Client.Reply reply = client.get(FILM);
    assertEquals(200, reply.status());
    assertArrayEquals(bytes(0, (int) LENGTH), reply.body());
    Map<String, String> fields = new TreeMap<>(reply.head().fields());
    ZonedDateTime date =
        ZonedDateTime.parse(fields.remove("date"), DateTimeFormatter.RFC_1123_DATE_TIME);
    assertTrue(date.isAfter(ZonedDateTime.now().minusMinutes(1)), date.toString());
    assertEquals(
        Map.of(
            "accept-ranges", "bytes",
            "cache-control", "private, no-cache",
            "content-length", "1000",
            "content-type", "video/mp4",
            "cross-origin-resource-policy", "same-site",
            "etag", "\"v1\"",
            "last-modified", "Sun, 01 Mar 2026 10:20:30 GMT",
            "vary", "Origin, Referer",
            "x-content-type-options", "nosniff"),
        fields);
  }

  @Test
  void partsAndSuffixes() throws IOException {
    Client.Reply part = client.get(FILM, "Range: bytes=10-19");
    assertEquals(206, part.status());
    assertEquals("bytes 10-19/1000", part.field("Content-Range"));
    assertArrayEquals(bytes(10, 10), part.body());
    Client.Reply suffix = client.get(FILM, "Range: bytes=-7");
    assertEquals("bytes 993-999/1000", suffix.field("Content-Range"));
    assertArrayEquals(bytes(993, 7), suffix.body());
  }

  @Test
  void beyondTheEnd() throws IOException {
    Client.Reply reply = client.get(FILM, "Range: bytes=1000-");
    assertEquals(416, reply.status());
    assertEquals("bytes */1000", reply.field("Content-Range"));
    assertTrue(reply.text().contains("1000 bytes"), reply.text());
    assertEquals(416, client.get("/film/empty", "Range: bytes=0-").status());
    assertEquals(200, client.get("/film/empty").status());
    assertEquals(200, client.get(FILM).status(), "the connection serves on");
  }

  @Test
  void knownVersionsHaveNoBody() throws IOException {
    Client.Reply reply = client.get(FILM, "If-None-Match: \"v1\"");
    assertEquals(304, reply.status());
    assertNull(reply.field("Content-Length"));
    assertNull(reply.field("Content-Type"));
    assertEquals("\"v1\"", reply.field("ETag"));
    assertEquals(412, client.get(FILM, "If-Match: \"v0\"").status());
    assertEquals(200, client.get(FILM, "If-None-Match: \"v0\"").status());
  }

  @Test
  void ifRangeDecidesBetweenPartAndWhole() throws IOException {
    assertEquals(206, client.get(FILM, "Range: bytes=0-0", "If-Range: \"v1\"").status());
    assertEquals(200, client.get(FILM, "Range: bytes=0-0", "If-Range: \"v0\"").status());
    assertEquals(304, client.get(FILM, "Range: bytes=0-0", "If-None-Match: \"v1\"").status());
    assertEquals(200, client.get(FILM, "Range: bytes=2000-", "If-Range: \"v0\"").status());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        FILM,
        "/film/",
        "/film/hls/",
        "/film/hls/v/part%201.m4s",
        "/",
        "/film/none",
        "/elsewhere",
        "/film/../x",
        "/object/page.html"
      })
  void headIsGetWithoutBody(String uri) throws IOException {
    Client.Reply get = client.get(uri);
    Client.Head head = client.ask("HEAD", uri).head();
    Map<String, String> expected = new TreeMap<>(get.head().fields());
    Map<String, String> got = new TreeMap<>(head.fields());
    expected.remove("date");
    got.remove("date");
    assertEquals(get.status(), head.status());
    assertEquals(expected, got);
    assertEquals(get.status(), client.get(uri).status(), "the next answer is in its place");
  }

  @Test
  void headKnowsNoRangeButConditions() throws IOException {
    Client.Head head = client.ask("HEAD", FILM, "Range: bytes=0-1").head();
    assertEquals(200, head.status());
    assertEquals(LENGTH, head.length());
    assertEquals(304, client.ask("HEAD", FILM, "If-None-Match: *").head().status());
    assertEquals(0, store.given.get(), "HEAD reads no bytes");
  }

  @Test
  void foldersAsTheyAreStored() throws IOException {
    Client.Reply list = client.get("/film/hls/index.m3u8");
    assertEquals("application/vnd.apple.mpegurl", list.field("Content-Type"));
    assertEquals("video/iso.segment", client.get("/film/hls/v/part%201.m4s").field("Content-Type"));
    assertEquals(404, client.get("/film/hls/none").status());
    assertEquals(404, client.get("/film/hls/v").status());
    assertEquals(200, client.get("/film/hls/v/").status());
    assertEquals(404, client.get("/film/hls/nothere/").status());
    assertEquals(404, client.get("/film/hls/v/nothere/").status());
    assertEquals(404, client.get("/film/hls/v/part%201.m4s/").status());
    assertEquals(404, client.get("/film/film.mp4/nothere/").status());
    Client.Reply listing = client.get("/film/hls");
    assertEquals("application/json", listing.field("Content-Type"));
    assertNull(listing.field("ETag"));
    assertEquals("no-store", listing.field("Cache-Control"));
    assertTrue(listing.text().contains("\"href\":\"/film/hls/v/part%201.m4s\""), listing.text());
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/film/x,405",
    "PUT,/film/x,405",
    "DELETE,/film/film.mp4,405",
    "TRACE,/film/x,405",
    "CONNECT,localhost:80,405",
    "BREW,/film/x,501",
    "GET,/film/none,404",
    "GET,/favicon.ico,404",
    "GET,/film/%zz,400",
    "GET,/film/..%2fx,400",
    "GET,*,400",
    "OPTIONS,*,204",
    "GET,http://localhost/film/film.mp4,200",
    "GET,http://evil.example/film/film.mp4,421"
  })
  void statuses(String method, String uri, int status) throws IOException {
    Client.Reply reply = client.ask(method, uri).reply();
    assertEquals(status, reply.status());
    assertEquals(status == 405 ? "GET, HEAD, OPTIONS" : null, allow(reply, status));
    assertEquals(200, client.get(FILM).status(), "the connection serves on");
  }

  private static String allow(Client.Reply reply, int status) {
    return status == 204 ? null : reply.field("Allow");
  }

  @Test
  void anOptionsAnswerHasNoBodyAndNoLength() throws IOException {
    Client.Reply reply =
        client
            .ask(
                "OPTIONS",
                FILM,
                "Origin: http://127.0.0.1:8070",
                "Access-Control-Request-Method: GET")
            .reply();
    assertEquals(204, reply.status());
    assertNull(reply.field("Content-Length"));
    assertEquals("http://127.0.0.1:8070", reply.field("Access-Control-Allow-Origin"));
    assertEquals("GET, HEAD", reply.field("Access-Control-Allow-Methods"));
  }

  @Test
  void pagesOfTheBoxReadAnswersAndProblems() throws IOException {
    String origin = "Origin: http://127.0.0.1:8070";
    for (String uri : new String[] {FILM, "/film/none", "/film/"}) {
      assertEquals(
          "http://127.0.0.1:8070", client.get(uri, origin).field("Access-Control-Allow-Origin"));
    }
    Client.Reply foreign = client.get(FILM, "Origin: http://evil.example");
    assertEquals(403, foreign.status());
    assertNull(foreign.field("Access-Control-Allow-Origin"));
  }

  @Test
  void aStoredPageIsNoPageOfTheGateway() throws IOException {
    assertEquals("sandbox", client.get("/object/page.html").field("Content-Security-Policy"));
  }

  @Test
  void whatIsStoredDoesNotWriteTheHead() throws IOException {
    Client.Reply reply = client.get("/object/evil");
    assertEquals(200, reply.status());
    assertEquals("application/octet-stream", reply.field("Content-Type"));
    assertNull(reply.field("Set-Cookie"));
    assertEquals("\"h%0D%0A%22x\"", reply.field("ETag"));
  }

  @ParameterizedTest
  @EnumSource(value = Problem.class, mode = EnumSource.Mode.EXCLUDE, names = "NOT_READY")
  void failuresOfTheStoreHaveAStatus(Problem problem) throws IOException {
    store.troubled(
        offset -> {
          throw new ObjectFailure(problem, "no luck: do that");
        });
    int expected =
        switch (problem) {
          case NOT_FOUND -> 404;
          case NOT_ALLOWED -> 403;
          case BAD_REQUEST -> 400;
          case DAMAGED -> 502;
          case NO_ROOM, SOURCE -> 500;
          case TOO_FEW_PIECES, TOO_FEW_BOXES -> 503;
          case NOT_READY -> throw new AssertionError("waited for: see ReplacementTest");
        };
    Client.Reply reply = client.get(FILM);
    assertEquals(expected, reply.status());
    assertEquals("no luck: do that\n", reply.text());
    assertEquals("no-store", reply.field("Cache-Control"));
    assertEquals(expected == 503, reply.field("Retry-After") != null);
  }

  @Test
  void http10AndClosing() throws IOException {
    Client.Reply old = client.send("GET " + FILM + " HTTP/1.0\r\n\r\n").reply();
    assertEquals(200, old.status());
    assertEquals("close", old.field("Connection"));
    assertTrue(client.closed());
    try (Client kept = gateway.client()) {
      Client.Reply reply =
          kept.send("GET " + FILM + " HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").reply();
      assertEquals("keep-alive", reply.field("Connection"));
      assertEquals("close", kept.get(FILM, "Connection: close").field("Connection"));
      assertTrue(kept.closed());
    }
  }

  @Test
  void fiveGigabytes() throws IOException {
    long total = 5L << 30;
    store.with(Infos.file(Shelf.CATALOGUE, "big", total, "", "b"));
    assertEquals(total, client.ask("HEAD", "/film/big").head().length());
    for (long first : new long[] {0, (1L << 31) - 5, (1L << 32) - 5, total - 10}) {
      Client.Reply reply = client.get("/film/big", "Range: bytes=" + first + "-" + (first + 9));
      assertEquals(
          "bytes " + first + "-" + (first + 9) + "/" + total, reply.field("Content-Range"));
      assertArrayEquals(bytes(first, 10), reply.body());
    }
    assertEquals(416, client.get("/film/big", "Range: bytes=" + total + "-").status());
  }
}
