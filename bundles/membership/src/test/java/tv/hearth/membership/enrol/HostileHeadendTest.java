package tv.hearth.membership.enrol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLServerSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.value.BoxId;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.crypto.NodeSettings;
import tv.hearth.headend.registry.enrol.CertificateDesk;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.pki.Ed25519Keys;
import tv.hearth.headend.registry.pki.TlsContexts;

/** What a box makes of a server that has good TLS and bad manners. */
class HostileHeadendTest {
  @TempDir Path temp;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final AtomicInteger bodies = new AtomicInteger();
  private OperatorKeys operator;
  private CertificateDesk desk;
  private CryptoNode box;
  private SSLServerSocket server;

  @BeforeEach
  void open() throws Exception {
    operator =
        OperatorKeys.create(temp.resolve("op"), "hamlet", Clock.systemUTC(), new SecureRandom());
    desk = new CertificateDesk(Credentials.read(operator.headendCredentials()), new SecureRandom());
    NodeSettings settings = NodeSettings.of(temp.resolve("keys"), operator.anchor());
    box = CryptoNode.open(settings, Clock.systemUTC(), new SecureRandom());
  }

  @AfterEach
  void close() throws IOException {
    timer.shutdownNow();
    if (server != null) {
      server.close();
    }
  }

  private interface Answer {
    void to(OutputStream out) throws IOException, InterruptedException;
  }

  /** Serves one connection after its handshake. */
  private URL serve(KeyPair pair, List<X509Certificate> chain, Answer answer) throws Exception {
    server =
        (SSLServerSocket)
            TlsContexts.of(pair.getPrivate(), chain, List.of(chain.get(1)))
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    Thread thread =
        new Thread(
            () -> {
              try (Socket socket = server.accept()) {
                readRequest(socket);
                bodies.incrementAndGet();
                answer.to(socket.getOutputStream());
              } catch (IOException | InterruptedException e) {
                System.getLogger("test").log(System.Logger.Level.DEBUG, "the box hung up", e);
              }
            });
    thread.setDaemon(true);
    thread.start();
    return new URL("https://127.0.0.1:" + server.getLocalPort() + "/v1/enrol");
  }

  private static void readRequest(Socket socket) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int next = socket.getInputStream().read();
      if (next < 0) {
        throw new IOException("no request came");
      }
      head.append((char) next);
    }
    socket.getInputStream().readNBytes(3);
  }

  private URL headend(Answer answer) throws Exception {
    KeyPair pair = Ed25519Keys.generate(new SecureRandom());
    return serve(
        pair, desk.listener(pair.getPublic(), List.of("ip:127.0.0.1"), Instant.now()), answer);
  }

  private IOException failure(URL url, Duration whole) {
    EnrolmentClient client = new EnrolmentClient(timer, whole);
    return assertThrows(
        IOException.class,
        () -> client.post(url, box.identity().enrolmentTls(), new byte[] {1, 2, 3}));
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void anEndlessAnswerIsCutAtItsLimit() throws Exception {
    URL url =
        headend(
            out -> {
              out.write(ascii("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"));
              byte[] chunk = new byte[65_536];
              while (true) {
                out.write(ascii("10000\r\n"));
                out.write(chunk);
                out.write(ascii("\r\n"));
              }
            });
    IOException e = failure(url, Duration.ofSeconds(20));
    assertTrue(e.getMessage().contains("larger than"), e.getMessage());
  }

  @Test
  void aByteAtATimeEndsWithTheDeadline() throws Exception {
    URL url =
        headend(
            out -> {
              out.write(ascii("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n"));
              trickle(out);
            });
    IOException e = failure(url, Duration.ofMillis(1500));
    assertTrue(e.getMessage().contains("took longer"), e.getMessage());
  }

  @Test
  void headersAByteAtATimeEndWithTheDeadline() throws Exception {
    URL url =
        headend(
            out -> {
              out.write(ascii("HTTP/1.1 200 OK\r\nX-Slow: "));
              trickle(out);
            });
    IOException e = failure(url, Duration.ofMillis(1500));
    assertTrue(e.getMessage().contains("took longer"), e.getMessage());
  }

  private static void trickle(OutputStream out) throws IOException, InterruptedException {
    Object pause = new Object();
    while (true) {
      out.write('a');
      out.flush();
      synchronized (pause) {
        pause.wait(50);
      }
    }
  }

  @Test
  void aRedirectIsNotFollowed() throws Exception {
    URL url =
        headend(
            out ->
                out.write(
                    ascii(
                        "HTTP/1.1 307 Go\r\nLocation: https://127.0.0.1:1/\r\n"
                            + "Content-Length: 0\r\n\r\n")));
    assertTrue(failure(url, Duration.ofSeconds(10)).getMessage().contains("307"));
  }

  @Test
  void aBoxThatPlaysHeadendGetsNoRequest() throws Exception {
    KeyPair pair = Ed25519Keys.generate(new SecureRandom());
    BoxId other = new BoxId("b".repeat(32));
    URL url =
        serve(pair, desk.operational(other, pair.getPublic(), Instant.now()), out -> out.flush());
    IOException e = failure(url, Duration.ofSeconds(10));
    assertTrue(e.getMessage().contains("not a headend's"), e.getMessage());
    assertEquals(0, bodies.get());
  }

  @Test
  void plainHttpIsRefused() {
    EnrolmentClient client = new EnrolmentClient(timer, Duration.ofSeconds(1));
    assertThrows(
        IOException.class,
        () ->
            client.post(
                new URL("http://127.0.0.1:1/"), box.identity().enrolmentTls(), new byte[1]));
  }
}
