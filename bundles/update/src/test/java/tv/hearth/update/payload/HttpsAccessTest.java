package tv.hearth.update.payload;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.update.UpdateException;
import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.headend.registry.pki.TlsContexts;
import tv.hearth.tuf.client.MetadataNotFoundException;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.json.JsonObject;
import tv.hearth.tuf.json.JsonValue;
import tv.hearth.update.PayloadFetcher.Traffic;

/** A real web server, over TLS, that behaves as each test wishes. */
@Timeout(300)
class HttpsAccessTest {
  private static final int PATIENT_MILLIS = 20_000;

  /** Of a time limit that no test sees: what ends is ended by something else. */
  private static final int NEVER_MILLIS = (int) TimeUnit.DAYS.toMillis(1);

  private static final int IMPATIENT_MILLIS = 700;

  @TempDir Path temp;
  private final byte[] content = Payloads.bytes(11, 6 * Payloads.CHUNK + 3);
  private final Map<String, byte[]> files = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final CountDownLatch over = new CountDownLatch(1);
  private OperatorKeys operator;
  private Street street;
  private BoxId box;
  private ScheduledExecutorService timer;
  private ExecutorService serving;
  private HttpsServer server;
  private HttpsAccess access;
  private URI base;
  private Path into;
  private volatile Page page = this::serve;

  private interface Page {
    void answer(HttpExchange exchange, byte[] file) throws IOException;
  }

  @BeforeEach
  void start() throws Exception {
    operator =
        OperatorKeys.create(temp.resolve("op"), "hamlet", Clock.systemUTC(), new SecureRandom());
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 50);
    server.setHttpsConfigurator(
        new HttpsConfigurator(
            TlsContexts.of(
                KeyFiles.key(operator.brokerKey()),
                KeyFiles.chain(operator.brokerCertificate()),
                KeyFiles.chain(operator.anchor()))));
    serving = Executors.newCachedThreadPool();
    server.setExecutor(serving);
    server.createContext("/", this::handle);
    server.start();
    base = URI.create("https://127.0.0.1:" + server.getAddress().getPort() + "/r/");
    timer = Executors.newSingleThreadScheduledExecutor();
    street = new Street(temp.resolve("street"));
    box = street.add();
    into = street.part(box, Payloads.sha256(content));
    access = access(PATIENT_MILLIS);
    files.put("/r/targets/b/" + Payloads.sha256(content) + ".x.jar", content);
    files.put("/r/targets/b/" + Payloads.sha256(content) + ".x.jar.tree", Payloads.leaves(content));
  }

  private HttpsAccess access(int wholeMillis) {
    Origin origin = new Origin(operator::operatorTls, timer, wholeMillis);
    return new HttpsAccess(origin, street.seenBy(box), street.boxes.get(box), 1);
  }

  @AfterEach
  void stop() {
    over.countDown();
    server.stop(0);
    serving.shutdownNow();
    timer.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    byte[] file = files.get(exchange.getRequestURI().getPath());
    try (exchange) {
      if (file == null) {
        exchange.sendResponseHeaders(404, -1);
      } else {
        page.answer(exchange, file);
      }
    }
  }

  private void serve(HttpExchange exchange, byte[] file) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    if (range == null) {
      exchange.sendResponseHeaders(200, file.length);
      exchange.getResponseBody().write(file);
      return;
    }
    String[] ends = range.substring("bytes=".length()).split("-");
    int from = Integer.parseInt(ends[0]);
    int to = Math.min(file.length, Integer.parseInt(ends[1]) + 1);
    exchange
        .getResponseHeaders()
        .set("Content-Range", "bytes " + from + "-" + (to - 1) + "/" + file.length);
    exchange.sendResponseHeaders(206, to - from);
    exchange.getResponseBody().write(file, from, to - from);
  }

  private TargetFile target(byte[] signed) throws Exception {
    byte[] root = Payloads.tree(signed).root().toArray();
    JsonObject tree =
        object(
            "algorithm", new JsonValue.Text("sha-256"),
            "chunk-size", new JsonValue.Whole(Payloads.CHUNK),
            "root", new JsonValue.Text(HexFormat.of().formatHex(root)));
    JsonObject custom = object("hearth", object("format", new JsonValue.Whole(1), "tree", tree));
    return new TargetFile(
        "b/x.jar", signed.length, Map.of("sha256", Payloads.sha256(signed)), custom);
  }

  private static JsonObject object(Object... pairs) {
    Map<String, JsonValue> members = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      members.put((String) pairs[i], (JsonValue) pairs[i + 1]);
    }
    return new JsonObject(members);
  }

  private Traffic fetch() throws Exception {
    return access.payloads(base).fetch(target(content), into, () -> false);
  }

  private Problem problem() {
    return assertThrows(UpdateException.class, this::fetch).problem();
  }

  @Test
  void aPayloadComesChunkByChunk() throws Exception {
    assertEquals(new Traffic(content.length, 0), fetch());
    assertArrayEquals(content, Files.readAllBytes(into));
  }

  @Test
  void aServerThatKnowsNoRangesWillDo() throws Exception {
    page =
        (exchange, file) -> {
          exchange.sendResponseHeaders(200, file.length);
          exchange.getResponseBody().write(file);
        };
    fetch();
    assertArrayEquals(content, Files.readAllBytes(into));
  }

  @Test
  void metadataThatIsNotThereIsSaidToBeSo() throws Exception {
    assertThrows(
        MetadataNotFoundException.class, () -> access.metadata(base).open("2.root.json").close());
    files.put("/r/metadata/1.root.json", new byte[] {'{', '}'});
    try (InputStream in = access.metadata(base).open("1.root.json")) {
      assertArrayEquals(new byte[] {'{', '}'}, in.readAllBytes());
    }
  }

  @Test
  void metadataThatIsCutInItsMiddleIsAskedForAgain() throws Exception {
    byte[] timestamp = Payloads.bytes(3, 5_000);
    files.put("/r/metadata/timestamp.json", timestamp);
    page = (exchange, file) -> serveHalf(exchange, file, requests.get() > 2);
    try (InputStream in = access.metadata(base).open("timestamp.json")) {
      assertArrayEquals(timestamp, in.readAllBytes());
    }
    assertEquals(3, requests.get());
  }

  @Test
  void metadataThatIsAlwaysCutIsATransportErrorAfterABoundedNumberOfTimes() {
    files.put("/r/metadata/timestamp.json", Payloads.bytes(3, 5_000));
    page = (exchange, file) -> serveHalf(exchange, file, false);
    IOException e =
        assertThrows(IOException.class, () -> access.metadata(base).open("timestamp.json").close());
    assertTrue(e.getMessage().contains("2500 of 5000"), e.getMessage());
    assertEquals(4, requests.get());
  }

  /** Tells the length of the whole, and ends in its middle. */
  private static void serveHalf(HttpExchange exchange, byte[] file, boolean whole)
      throws IOException {
    exchange.sendResponseHeaders(200, file.length);
    exchange.getResponseBody().write(file, 0, whole ? file.length : file.length / 2);
    exchange.getResponseBody().flush();
  }

  @Test
  void whatIsNotThereIsAskedOnce() {
    files.clear();
    assertEquals(Problem.DOWNLOAD, problem());
    assertEquals(1, requests.get());
  }

  @Test
  void aServerThatFailsForEverIsAskedABoundedNumberOfTimes() {
    page = (exchange, file) -> exchange.sendResponseHeaders(503, -1);
    assertEquals(Problem.DOWNLOAD, problem());
    assertEquals(4, requests.get());
  }

  @Test
  void aByteAtATimeIsCut() {
    access = access(IMPATIENT_MILLIS);
    page =
        (exchange, file) -> {
          exchange.sendResponseHeaders(206, file.length);
          while (!await(20)) {
            exchange.getResponseBody().write(0);
            exchange.getResponseBody().flush();
          }
        };
    assertEquals(Problem.DOWNLOAD, problem());
  }

  @Test
  void silenceIsCut() {
    access = access(IMPATIENT_MILLIS);
    page = (exchange, file) -> await(60_000);
    assertEquals(Problem.DOWNLOAD, problem());
  }

  @Test
  void anAgentThatStopsWaitsForNobody() {
    Origin origin = new Origin(operator::operatorTls, timer, NEVER_MILLIS);
    page =
        (exchange, file) -> {
          origin.close();
          await(NEVER_MILLIS);
        };
    files.put("/r/metadata/x", new byte[10]);
    assertThrows(IOException.class, () -> origin.read(base.resolve("metadata/x"), 0, 10));
    assertEquals(1, over.getCount(), "the answer never came, and nobody waited for it");
  }

  private boolean await(long millis) {
    try {
      return over.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  @Test
  void otherLeavesThanWereSignedAreRefused() throws Exception {
    byte[] leaves = Payloads.leaves(content);
    leaves[40] ^= 1;
    files.put("/r/targets/b/" + Payloads.sha256(content) + ".x.jar.tree", leaves);
    assertEquals(Problem.UNTRUSTED, problem());
  }

  @Test
  void otherBytesThanWereSignedAreRefused() throws Exception {
    byte[] other = content.clone();
    other[2 * Payloads.CHUNK] ^= 1;
    files.put("/r/targets/b/" + Payloads.sha256(content) + ".x.jar", other);
    assertEquals(Problem.UNTRUSTED, problem());
  }

  @Test
  void anEndlessAnswerIsNotReadBeyondWhatWasAskedFor() throws Exception {
    page =
        (exchange, file) -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          String[] ends = range.substring("bytes=".length()).split("-");
          int from = Integer.parseInt(ends[0]);
          exchange
              .getResponseHeaders()
              .set("Content-Range", "bytes " + ends[0] + "-" + ends[1] + "/*");
          exchange.sendResponseHeaders(206, 0);
          exchange.getResponseBody().write(Arrays.copyOfRange(file, from, file.length));
          while (!await(1)) {
            exchange.getResponseBody().write(new byte[1 << 16]);
          }
        };
    fetch();
    assertArrayEquals(content, Files.readAllBytes(into));
  }

  @Test
  void itEndsWhenNobodyWantsItAnyMore() throws Exception {
    page = (exchange, file) -> exchange.sendResponseHeaders(503, -1);
    TargetFile target = target(content);
    UpdateException e =
        assertThrows(
            UpdateException.class,
            () -> access.payloads(base).fetch(target, into, () -> requests.get() >= 2));
    assertEquals(Problem.CANCELLED, e.problem());
    assertEquals(2, requests.get());
  }

  @Test
  void aServerOfAnotherOperatorIsNotSpokenWith() throws Exception {
    OperatorKeys other =
        OperatorKeys.create(temp.resolve("other"), "hamlet", Clock.systemUTC(), new SecureRandom());
    Origin origin = new Origin(other::operatorTls, timer, PATIENT_MILLIS);
    assertThrows(IOException.class, () -> origin.whole(base.resolve("metadata/x"), 10));
    assertEquals(0, requests.get());
    assertFalse(
        List.of("http", "file").stream().anyMatch(s -> access.serves(URI.create(s + ":/"))));
  }
}
