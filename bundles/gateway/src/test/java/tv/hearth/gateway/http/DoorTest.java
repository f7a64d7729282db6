package tv.hearth.gateway.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoorTest {
  private static final Door DOOR =
      new Door(
          new Origins(
              Set.of("https://other.example, https://epg.example"), Set.of("stb.home.arpa")),
          false);
  private static final String HOST = "Host: 127.0.0.1:8090";

  private static Request request(String method, String uri, String... lines) {
    return new Request(method, uri, 1, ConditionsTest.get(lines).fields(), true);
  }

  private static Request from(boolean local, String uri) {
    return new Request("GET", uri, 1, ConditionsTest.get(HOST).fields(), local);
  }

  /** 0 where it is let in. */
  private static int status(Request request) {
    Answer answer = DOOR.decide(request).answer();
    return answer == null ? 0 : answer.status();
  }

  private static int asked(String host) {
    return status(request("GET", "/film/", "Host: " + host));
  }

  private static int with(String... lines) {
    String[] all = Stream.concat(Stream.of(HOST), Arrays.stream(lines)).toArray(String[]::new);
    return status(request("GET", "/film/", all));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "LOCALHOST:1",
        "127.0.0.1:8090",
        "192.168.1.7",
        "[::1]:8090",
        "[fe80::1]",
        "[::ffff:10.0.0.1]:80",
        "stb.home.arpa",
        "STB.home.arpa:8090",
        "10.0.0.1:"
      })
  void mayBeAskedByAddress(String host) {
    assertEquals(0, asked(host));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "evil.example:8090",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "999.1.1.1",
        "1.2.3",
        "1.2.3.4.5",
        "stb.home.arpa.evil.example",
        "2130706433"
      })
  void aForeignNameIsRefused(String host) {
    assertEquals(421, asked(host));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "a@127.0.0.1", "127.0.0.1:port", "127.0.0.1:999999", "[::1"})
  void aMalformedHostIsRefused(String host) {
    assertEquals(400, asked(host));
  }

  @Test
  void oneHostIsNeeded() {
    assertEquals(400, status(request("GET", "/film/")));
    assertEquals(400, status(request("GET", "/film/", HOST, HOST)));
    assertEquals(0, status(new Request("GET", "/film/", 0, name -> java.util.List.of(), true)));
  }

  @Test
  void anAbsoluteTargetsHostCounts() {
    assertEquals(0, status(request("GET", "http://127.0.0.1:1/film/", HOST)));
    assertEquals(0, status(request("GET", "HTTP://localhost", HOST)));
    assertEquals(421, status(request("GET", "http://evil.example/film/", HOST)));
    assertEquals(400, status(request("GET", "http://u@127.0.0.1/film/", HOST)));
    assertEquals(400, status(request("GET", "https://127.0.0.1/film/", HOST)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://localhost:8070",
        "http://127.0.0.1",
        "https://127.0.0.1:1",
        "http://[::1]:8070",
        "https://epg.example",
        "HTTPS://EPG.example",
        "http://127.0.0.1:8090"
      })
  void pagesOfTheHouseMayRead(String origin) {
    assertEquals(0, with("Origin: " + origin));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://evil.example",
        "null",
        "http://127.0.0.1.evil.example",
        "http://localhost.evil.example",
        "http://localhost:8070.evil.example",
        "https://epg.example.evil",
        "http://epg.example",
        "file://",
        ""
      })
  void pagesOfOthersMayNot(String origin) {
    assertEquals(403, with("Origin: " + origin));
  }

  @Test
  void twoOriginsAreNone() {
    assertEquals(403, with("Origin: http://localhost", "Origin: http://localhost"));
  }

  @Test
  void aPageOfTheGatewayItselfMayReadByAnyAddress() {
    Request own = request("GET", "/film/", "Host: 10.0.0.9:80", "Origin: http://10.0.0.9:80");
    Request other = request("GET", "/film/", "Host: 10.0.0.9:80", "Origin: http://10.0.0.8:80");
    assertEquals(0, status(own));
    assertEquals(403, status(other));
  }

  @Test
  void aRefusedPageCantReadTheRefusal() {
    Answer answer = DOOR.decide(request("GET", "/", HOST, "Origin: http://evil.example")).answer();
    assertNull(answer.headers().get("Access-Control-Allow-Origin"));
    Answer problem = DOOR.decide(request("PUT", "/", HOST, "Origin: http://localhost")).answer();
    assertEquals("http://localhost", problem.headers().get("Access-Control-Allow-Origin"));
  }

  @Test
  void methods() {
    for (String method : new String[] {"POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT"}) {
      Answer answer = DOOR.decide(request(method, "/film/x", HOST)).answer();
      assertEquals(405, answer.status());
      assertEquals("GET, HEAD, OPTIONS", answer.headers().get("Allow"));
    }
    assertEquals(501, status(request("BREW", "/film/x", HOST)));
    assertEquals(501, status(request("get", "/film/x", HOST)));
    assertEquals(204, status(request("OPTIONS", "*", HOST)));
  }

  @Test
  void preflights() {
    Answer answer =
        DOOR.decide(
                request(
                    "OPTIONS",
                    "/film/x",
                    HOST,
                    "Origin: https://epg.example",
                    "Access-Control-Request-Method: GET",
                    "Access-Control-Request-Private-Network: true"))
            .answer();
    assertEquals(204, answer.status());
    assertEquals("https://epg.example", answer.headers().get("Access-Control-Allow-Origin"));
    assertEquals("GET, HEAD", answer.headers().get("Access-Control-Allow-Methods"));
    assertEquals("true", answer.headers().get("Access-Control-Allow-Private-Network"));
  }

  @Test
  void expectations() {
    assertEquals(0, with("Expect: 100-continue"));
    assertEquals(0, with("Expect: 100-Continue"));
    assertEquals(417, with("Expect: tea"));
  }

  @Test
  void pathsThatClimbOutAreRefusedAndStrangersAreNothing() {
    assertEquals(400, status(request("GET", "/film/../x", HOST)));
    assertEquals(404, status(request("GET", "/etc/passwd", HOST)));
  }

  @Test
  void otherDevicesReadFilmsAloneUnlessAllIsConfigured() {
    assertEquals(0, status(from(false, "/film/x")));
    assertEquals(403, status(from(false, "/object/x")));
    assertEquals(403, status(from(false, "/object/")));
    assertEquals(0, status(from(true, "/object/x")));
    Door open = new Door(new Origins(Set.of(), Set.of()), true);
    assertNull(open.decide(from(false, "/object/x")).answer());
  }

  private static String embedding(String... lines) {
    String[] all = Stream.concat(Stream.of(HOST), Arrays.stream(lines)).toArray(String[]::new);
    Answer dressed = DOOR.dress(request("GET", "/film/x", all), Answer.empty(200));
    return dressed.headers().get("Cross-Origin-Resource-Policy");
  }

  @Test
  void pagesThatMayReadMayEmbed() {
    assertEquals("cross-origin", embedding("Referer: http://127.0.0.1:8070/"));
    assertEquals("cross-origin", embedding("Referer: http://[::1]:8070/tv?a#b"));
    assertEquals("cross-origin", embedding("Referer: http://127.0.0.1:8090/film/x"));
    assertEquals("cross-origin", embedding("Referer: https://epg.example"));
    assertNull(embedding());
    assertNull(embedding("Referer: https://evil.example/"));
    assertNull(embedding("Referer: https://evil.example/http://127.0.0.1/"));
    assertNull(embedding("Referer: http://127.0.0.1:80@evil.example/"));
    assertNull(embedding("Referer: http://127.0.0.1.evil.example/"));
    assertNull(embedding("Referer: http://localhost/", "Referer: http://localhost/"));
    assertNull(embedding("Referer: about:blank"));
  }
}
