package tv.hearth.update.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.headend.registry.pki.TlsContexts;
import tv.hearth.support.net.Addresses;
import tv.hearth.tests.contracts.net.Swallowing;

/** A server's name with several addresses: one where each connection is cut, one that serves. */
@Timeout(300)
class OriginAddressesTest {
  private static final byte[] FILE = {1, 2, 3, 4};
  private static final int WHOLE_MILLIS = 20_000;
  private static final int CONNECT_MILLIS = 10_000;

  @TempDir Path temp;
  private final List<String> hosts = new CopyOnWriteArrayList<>();
  private final AtomicInteger cut = new AtomicInteger();
  private ScheduledExecutorService timer;
  private OperatorKeys keys;
  private HttpsServer server;
  private ServerSocket cutting;
  private Origin origin;
  private volatile InetAddress[] behind;

  @BeforeEach
  void start() throws Exception {
    keys = OperatorKeys.create(temp.resolve("op"), "hamlet", Clock.systemUTC(), new SecureRandom());
    server = HttpsServer.create(new InetSocketAddress(at("127.0.0.1"), 0), 50);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            TlsContexts.of(
                KeyFiles.key(keys.brokerKey()),
                KeyFiles.chain(keys.brokerCertificate()),
                KeyFiles.chain(keys.anchor()))));
    server.createContext("/", this::serve);
    server.start();
    cutting = new ServerSocket(server.getAddress().getPort(), 50, at("127.0.0.2"));
    new Thread(this::cutAll, "cutting").start();
    timer = Executors.newSingleThreadScheduledExecutor();
    behind = new InetAddress[] {at("127.0.0.3"), at("127.0.0.2"), at("127.0.0.1")};
    Addresses addresses = new Addresses(this::lookUp);
    origin = new Origin(keys::operatorTls, timer, WHOLE_MILLIS, CONNECT_MILLIS, addresses);
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(0);
    cutting.close();
    timer.shutdownNow();
  }

  private static InetAddress at(String literal) throws UnknownHostException {
    return InetAddress.getByName(literal);
  }

  private InetAddress[] lookUp(String host) throws UnknownHostException {
    if (!host.equals("localhost")) {
      throw new UnknownHostException(host);
    }
    return behind.clone();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      hosts.add(exchange.getRequestHeaders().getFirst("Host"));
      if (exchange.getRequestURI().getPath().equals("/file")) {
        exchange.sendResponseHeaders(200, FILE.length);
        exchange.getResponseBody().write(FILE);
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
  }

  private void cutAll() {
    try {
      while (!cutting.isClosed()) {
        cutting.accept().close();
        cut.incrementAndGet();
      }
    } catch (SocketException closed) {
      return;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private URI uri(String path) {
    return URI.create("https://localhost:" + server.getAddress().getPort() + path);
  }

  @Test
  void eachAddressIsTriedAndTheGoodOneComesFirstFromThenOn() throws Exception {
    assertArrayEquals(FILE, origin.whole(uri("/file"), 10));
    int before = cut.get();
    assertEquals(1, before, "the refusing address, then the cutting one");
    assertArrayEquals(FILE, origin.read(uri("/file"), 0, FILE.length));
    assertEquals(before, cut.get(), "the good one is remembered");
    String asked = "localhost:" + server.getAddress().getPort();
    assertEquals(List.of(asked, asked), hosts, "the server is asked by its name");
  }

  @Test
  void anAddressThatSwallowsEverythingHoldsNobody() throws Exception {
    behind = new InetAddress[] {at("127.0.0.4"), at("127.0.0.1")};
    int hour = 3_600_000;
    Swallowing nowhere = new Swallowing(at("127.0.0.4"), server.getAddress().getPort());
    try (nowhere;
        Origin patient =
            new Origin(keys::operatorTls, timer, hour, hour, new Addresses(this::lookUp))) {
      assertArrayEquals(FILE, patient.whole(uri("/file"), 10));
    }
  }

  @Test
  void thatAFileIsNotThereIsAnAnswer() throws Exception {
    behind = new InetAddress[] {at("127.0.0.1"), at("127.0.0.2")};
    assertThrows(FileNotFoundException.class, () -> origin.whole(uri("/none"), 10));
    assertEquals(0, cut.get());
  }

  @Test
  void whereNoneServesTheLastFailureIsTold() throws Exception {
    behind = new InetAddress[] {at("127.0.0.2"), at("127.0.0.3")};
    assertThrows(IOException.class, () -> origin.whole(uri("/file"), 10));
    assertEquals(List.of(), hosts);
  }
}
