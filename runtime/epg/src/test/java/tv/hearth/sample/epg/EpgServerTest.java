package tv.hearth.sample.epg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EpgServerTest {
  private final AtomicReference<URI> gateway = new AtomicReference<>();
  private final Viewing viewing = new Viewing();
  private EpgServer server;

  @BeforeEach
  void open() throws IOException {
    server = new EpgServer(EpgServer.loopback(), 0, gateway::get, viewing);
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> ask(String method, String path) throws Exception {
    return ask(method, URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private static HttpResponse<String> ask(String method, URI uri) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  /** The status line's number for a head as it is. */
  private int raw(String head) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      String line = new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
      return Integer.parseInt(line.substring(9));
    }
  }

  @Test
  void thePageAndAllItNamesAreThere() throws Exception {
    HttpResponse<String> page = ask("GET", "/");
    assertEquals(200, page.statusCode());
    Matcher files = Pattern.compile("(?:src|href)=\"([a-z.]+)\"").matcher(page.body());
    int found = 0;
    while (files.find()) {
      assertEquals(200, ask("GET", "/" + files.group(1)).statusCode(), files.group(1));
      found++;
    }
    assertEquals(3, found);
    assertEquals(404, ask("GET", "/../epg.js").statusCode());
    assertEquals(405, ask("DELETE", "/").statusCode());
  }

  @Test
  void theGatewayIsToldWhileItIsThere() throws Exception {
    assertEquals("", ask("GET", "/gateway").body());
    gateway.set(URI.create("http://127.0.0.1:8090/"));
    assertEquals("http://127.0.0.1:8090/", ask("GET", "/gateway").body());
  }

  @Test
  void aMachineWithIpv6AloneHasThePageToo() throws Exception {
    InetAddress six = InetAddress.getByName("::1");
    assumeTrue(NetworkInterface.getByInetAddress(six) != null, "this machine has no ::1");
    EpgServer there = new EpgServer(six, 0, gateway::get, viewing);
    try {
      URI page = URI.create("http://[::1]:" + there.port() + "/");
      assertEquals(200, ask("GET", page).statusCode());
    } finally {
      there.close();
    }
  }

  @Test
  void thePlayerTellsItsBuffer() throws Exception {
    assertEquals(405, ask("GET", "/playing?7").statusCode());
    assertFalse(viewing.isWatched(System.nanoTime()));
    assertEquals(204, ask("POST", "/playing?7").statusCode());
    assertTrue(viewing.isWatched(System.nanoTime()));
    assertEquals(7, viewing.bufferedSeconds(System.nanoTime()));
    assertEquals(204, ask("POST", "/playing?nonsense").statusCode());
    assertEquals(-1, viewing.bufferedSeconds(System.nanoTime()));
  }

  @Test
  void otherPagesTellNothing() throws Exception {
    assertEquals(403, raw("POST /playing?7 HTTP/1.1\r\nHost: evil.example"));
    assertEquals(
        403, raw("POST /playing?7 HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example"));
    assertFalse(viewing.isWatched(System.nanoTime()));
    assertEquals(
        204, raw("POST /playing?7 HTTP/1.1\r\nHost: localhost\r\nOrigin: http://localhost"));
  }

  @Test
  void halfRequestsHoldUpNobody() throws Exception {
    List<Socket> halves = new ArrayList<>();
    try {
      for (int i = 0; i < 3 * EpgServer.MOST_VISITS; i++) {
        Socket half = new Socket("127.0.0.1", server.port());
        half.setSoTimeout(10_000);
        half.getOutputStream()
            .write("GET / HTTP/1.1\r\nHost: loc".getBytes(StandardCharsets.US_ASCII));
        halves.add(half);
      }
      assertEquals(200, ask("GET", "/").statusCode());
      assertEquals(-1, halves.get(0).getInputStream().read(), "whoever came first has gone");
    } finally {
      for (Socket half : halves) {
        half.close();
      }
    }
  }

  @Test
  void aRequestMayComeInPieces() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      socket.setTcpNoDelay(true);
      for (byte each :
          "GET /epg.js HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII)) {
        socket.getOutputStream().write(each);
      }
      String whole = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertTrue(whole.startsWith("HTTP/1.1 200 "), whole);
      assertTrue(whole.endsWith("refresh();\n"), "all of it, and then the end");
    }
  }

  @Test
  void whatIsNoRequestIsRefused() throws IOException {
    assertEquals(400, raw("GET /"));
    assertEquals(400, raw("GET / HTTP/2.0\r\nHost: localhost"));
    assertEquals(400, raw("GET / HTTP/1.1\r\nHost: localhost\r\n folded"));
    assertEquals(431, raw("GET / HTTP/1.1\r\nX: " + "x".repeat(9000)));
  }

  @Test
  void itEndsWithAllThatItOpened() throws Exception {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      socket.setSoTimeout(10_000);
      assertEquals(200, ask("GET", "/").statusCode(), "the one before has come in");
      server.close();
      assertEquals(-1, socket.getInputStream().read());
    }
    assertThrows(IOException.class, () -> raw("GET / HTTP/1.1"));
  }

  @Test
  void aPortInUseIsNamed() {
    IOException failure =
        assertThrows(
            IOException.class,
            () -> new EpgServer(EpgServer.loopback(), server.port(), () -> null, viewing));
    assertTrue(failure.getMessage().contains("port " + server.port()), failure.getMessage());
  }
}
