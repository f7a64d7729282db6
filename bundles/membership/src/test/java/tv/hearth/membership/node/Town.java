package tv.hearth.membership.node;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.crypto.NodeSettings;
import tv.hearth.headend.registry.operator.ClaimKind;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.shell.Headend;
import tv.hearth.headend.registry.shell.Neighbours;
import tv.hearth.headend.registry.shell.Settings;
import tv.hearth.headend.registry.web.Limits;
import tv.hearth.support.level.Levels;

/** An operator, its headend and boxes on loopback, with real keys, TLS and files. */
final class Town implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  final Path folder;
  final MutableClock clock;
  final OperatorKeys operator;
  final LoopBus bus = new LoopBus();
  Headend headend;

  Town(Path folder, Instant now) throws Exception {
    this.folder = folder;
    this.clock = new MutableClock(now);
    this.operator =
        OperatorKeys.create(folder.resolve("operator"), "hamlet", clock, new SecureRandom());
    start(0, Limits.DEFAULT);
  }

  void start(int port, Limits limits) throws Exception {
    Path home = Files.createDirectories(folder.resolve("headend"));
    Neighbours neighbours = Neighbours.closed();
    CryptoNode node = node("headend-keys", clock, null);
    neighbours.identity().open(node.identity());
    neighbours.verifier().open(node.verifier());
    neighbours.bus().open(bus);
    Settings settings =
        new Settings(
            home.resolve("registry.db"),
            "127.0.0.1",
            port,
            List.of(),
            Duration.ofMillis(50),
            Duration.ofHours(168),
            Duration.ofDays(30),
            null,
            1000,
            limits);
    Credentials credentials = Credentials.read(operator.headendCredentials());
    headend = new Headend(settings, credentials, neighbours, clock, new SecureRandom());
    headend.inbox().filters().forEach(filter -> bus.subscribe(filter, headend.inbox()));
  }

  String url() {
    return "https://127.0.0.1:" + headend.port();
  }

  Path claim() throws IOException {
    return operator.newClaim();
  }

  /** A claim for a box that takes the place of that claim's. */
  Path claimInPlaceOf(Path claim) throws IOException {
    String id = claim.getFileName().toString().replace(".claim", "");
    return operator.newClaim(ClaimKind.BOX, id);
  }

  Path claim(ClaimKind kind) throws IOException {
    return operator.newClaim(kind);
  }

  CryptoNode node(String name, Clock itsClock, Path claim) throws Exception {
    NodeSettings settings = NodeSettings.of(folder.resolve(name), operator.anchor());
    NodeSettings full = claim == null ? settings : settings.withClaim(claim);
    return CryptoNode.open(full, itsClock, new SecureRandom());
  }

  Bytes root() throws Exception {
    try (var in = Files.newInputStream(operator.anchor())) {
      var certificate = CertificateFactory.getInstance("X.509").generateCertificate(in);
      return Bytes.of(certificate.getPublicKey().getEncoded());
    }
  }

  /** What the boxes' software reads. */
  volatile Levels levels = Levels.KNOWN;

  Member member(String name, CryptoNode node, String address) throws Exception {
    Services services = Services.closed();
    services.identity().open(node.identity());
    services.verifier().open(node.verifier());
    services.bus().open(bus);
    Path home = Files.createDirectories(folder.resolve(name));
    MemberSettings settings =
        new MemberSettings(home, List.of(root()), address, "test", "pid-1", Duration.ofSeconds(5));
    Member[] member = new Member[1];
    Object ready = new Object();
    synchronized (ready) {
      member[0] =
          new Member(
              settings,
              services,
              clock,
              new Random(1),
              known -> {
                synchronized (ready) {
                  bus.subscribe("hearth/v1/" + known + "/map", member[0]);
                }
              },
              () -> levels);
    }
    return member[0];
  }

  /** GET or POST on the fleet's pages as the operator; answers status, a space and the body. */
  String fleet(String method, String path, String body) throws Exception {
    HttpClient client = HttpClient.newBuilder().sslContext(operator.operatorTls()).build();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.body();
  }

  static void await(String what, BooleanSupplier condition) {
    awaitSaying(() -> what, condition);
  }

  static void awaitSaying(Supplier<String> what, BooleanSupplier condition) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for: " + what.get());
      }
      java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
    }
  }

  @Override
  public void close() {
    headend.close();
  }
}
