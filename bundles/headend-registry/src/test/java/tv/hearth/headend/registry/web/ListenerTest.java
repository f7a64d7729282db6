package tv.hearth.headend.registry.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.registry.enrol.CertificateDesk;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.operator.OperatorKeys;

/** The listener against clients that are slow, many, large or wrong. */
class ListenerTest {
  /** Bytes of a head that is not too long yet. */
  private static final int LONG_HEAD = 4000;

  /** After which a peer that says nothing counts as standing still. */
  private static final int MOST_MILLIS = 120_000;

  @TempDir Path temp;
  private OperatorKeys operator;
  private ListenerTls tls;
  private Listener listener;

  @BeforeEach
  void keys() throws IOException {
    operator =
        OperatorKeys.create(temp.resolve("op"), "hamlet", Clock.systemUTC(), new SecureRandom());
    Credentials credentials = Credentials.read(operator.headendCredentials());
    CertificateDesk desk = new CertificateDesk(credentials, new SecureRandom());
    tls =
        new ListenerTls(
            credentials,
            desk,
            List.of("127.0.0.1", "headend.example"),
            Clock.systemUTC(),
            new SecureRandom());
  }

  @AfterEach
  void close() {
    if (listener != null) {
      listener.close();
    }
  }

  private void listen(Limits limits, Pages pages) throws IOException {
    listener = new Listener("127.0.0.1", 0, limits, tls, pages);
  }

  /** Where time is not what counts. */
  private static Limits limits(int connections, int queued, int burst) {
    Duration hour = Duration.ofHours(1);
    return new Limits(connections, queued, 1000, hour, hour, 0, burst);
  }

  private static Limits within(Duration whole) {
    return new Limits(10, 10, 1000, whole, whole, 0, 100);
  }

  private static Response echo(Request request) {
    return Response.ok("text/plain", request.body());
  }

  private Socket plain() throws IOException {
    Socket socket = new Socket(InetAddress.getByName("127.0.0.1"), listener.port());
    socket.setSoTimeout(MOST_MILLIS);
    return socket;
  }

  private SSLSocket secure() throws IOException {
    SSLSocket socket =
        (SSLSocket)
            operator
                .operatorTls()
                .getSocketFactory()
                .createSocket(InetAddress.getByName("127.0.0.1"), listener.port());
    socket.setSoTimeout(MOST_MILLIS);
    socket.startHandshake();
    return socket;
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().flush();
  }

  private static String all(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private String ask(String request) throws IOException {
    try (SSLSocket socket = secure()) {
      send(socket, request);
      return all(socket);
    }
  }

  /** True once the peer has closed, by end of stream or reset. */
  private static boolean isClosed(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  @Test
  void aGoodRequestIsAnsweredAndTheConnectionClosed() throws IOException {
    listen(Limits.DEFAULT, ListenerTest::echo);
    String answer = ask("POST /x?y HTTP/1.1\r\nHost: h\r\nContent-Length: 2\r\n\r\nhi");
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    assertTrue(answer.endsWith("\r\n\r\nhi"), answer);
  }

  @Test
  void wrongOrLargeRequestsAreRefused() throws IOException {
    listen(Limits.DEFAULT, ListenerTest::echo);
    assertTrue(ask("NONSENSE\r\n\r\n").startsWith("HTTP/1.1 400"));
    assertTrue(
        ask("GET /" + "x".repeat(2000) + " HTTP/1.1\r\nHost: h\r\n\r\n").startsWith("HTTP/1.1 4"));
    assertTrue(
        ask("GET / HTTP/1.1\r\nX: " + "x".repeat(9000) + "\r\n\r\n").startsWith("HTTP/1.1 4"));
    assertTrue(
        ask("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 99999\r\n\r\n")
            .startsWith("HTTP/1.1 413"));
  }

  @Test
  void whoSaysNothingIsHungUpOn() throws IOException {
    listen(within(Duration.ofMillis(600)), ListenerTest::echo);
    try (Socket silent = plain()) {
      assertTrue(isClosed(silent));
    }
    assertTrue(isHungUpOn("POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab"));
  }

  /** A busy machine meets a short deadline at the handshake already: then with twice the time. */
  private boolean isHungUpOn(String partOfARequest) throws IOException {
    for (Duration whole = Duration.ofMillis(600); true; whole = whole.multipliedBy(2)) {
      listener.close();
      listen(within(whole), ListenerTest::echo);
      try (SSLSocket silent = secure()) {
        send(silent, partOfARequest);
        return isClosed(silent);
      } catch (IOException e) {
        assertTrue(whole.toMillis() < MOST_MILLIS, () -> "no handshake at all: " + e);
      }
    }
  }

  @Test
  void aByteAtATimeDoesNotProlongTheDeadline() throws Exception {
    listen(within(Duration.ofMillis(600)), ListenerTest::echo);
    AtomicInteger sent = new AtomicInteger();
    Object pause = new Object();
    assertThrows(
        IOException.class,
        () -> {
          // On a busy machine the handshake, too, may meet the deadline.
          try (SSLSocket slow = secure()) {
            while (sent.getAndIncrement() < LONG_HEAD) {
              send(slow, "G");
              synchronized (pause) {
                pause.wait(20);
              }
            }
          }
        });
    assertTrue(sent.get() < LONG_HEAD, "cut only by the head's length");
  }

  @Test
  void connectionsAreBounded() throws IOException {
    listen(limits(3, 10, 100), ListenerTest::echo);
    List<Socket> open = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        open.add(secure());
      }
      try (Socket fourth = plain()) {
        assertTrue(isClosed(fourth));
      }
      assertEquals(1, listener.turnedAway());
    } finally {
      for (Socket socket : open) {
        socket.close();
      }
    }
  }

  @Test
  void oneAddressIsBoundedInItsRate() throws IOException {
    listen(limits(100, 10, 4), ListenerTest::echo);
    for (int i = 0; i < 4; i++) {
      assertTrue(ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").startsWith("HTTP/1.1 200"));
    }
    for (int i = 0; i < 4; i++) {
      try (Socket socket = plain()) {
        assertTrue(isClosed(socket));
      }
    }
    assertEquals(4, listener.turnedAway());
  }

  @Test
  void tooMuchWorkIsSaidToBeSo() throws Exception {
    CountDownLatch hold = new CountDownLatch(1);
    CountDownLatch busy = new CountDownLatch(1);
    listen(
        limits(10, 1, 100),
        request -> {
          busy.countDown();
          awaitQuietly(hold);
          return echo(request);
        });
    String request = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
    try (SSLSocket first = secure();
        SSLSocket second = secure()) {
      send(first, request);
      busy.await();
      send(second, request);
      String third = "";
      while (!third.startsWith("HTTP/1.1 503")) {
        try (SSLSocket more = secure()) {
          more.setSoTimeout(200);
          send(more, request);
          third = all(more);
        } catch (java.net.SocketTimeoutException e) {
          third = "it took the queue's place";
        }
      }
      assertTrue(third.contains("Hearth-Problem: BUSY"), third);
      hold.countDown();
      assertTrue(all(first).startsWith("HTTP/1.1 200"));
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFailureOfThePagesTellsNothingAndTheNextIsServed() throws IOException {
    listen(
        Limits.DEFAULT,
        request -> {
          if (request.path().equals("/bad")) {
            throw new IllegalStateException("inner secret");
          }
          return echo(request);
        });
    String bad = ask("GET /bad HTTP/1.1\r\nHost: h\r\n\r\n");
    assertTrue(bad.startsWith("HTTP/1.1 500") && !bad.contains("secret"), bad);
    assertTrue(ask("GET / HTTP/1.1\r\nHost: h\r\n\r\n").startsWith("HTTP/1.1 200"));
  }

  @Test
  void aTakenPortIsNamed() throws IOException {
    listen(Limits.DEFAULT, ListenerTest::echo);
    int port = listener.port();
    IOException e =
        assertThrows(
            IOException.class,
            () -> new Listener("127.0.0.1", port, Limits.DEFAULT, tls, ListenerTest::echo));
    assertTrue(e.getMessage().contains("127.0.0.1:" + port), e.getMessage());
  }
}
