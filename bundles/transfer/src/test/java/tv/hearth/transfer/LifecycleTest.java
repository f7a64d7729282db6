package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.health.HealthProbe.State;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.tests.contracts.pieces.PieceSamples;
import tv.hearth.transfer.net.Settings;
import tv.hearth.transfer.net.TransferNode;
import tv.hearth.transfer.serve.Services;

/** Starting, stopping, and what a node's surroundings do to it. */
@Timeout(300)
final class LifecycleTest {
  @TempDir Path temp;

  private static void until(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain: " + what);
      LockSupport.parkNanos(10_000_000);
    }
  }

  private static Set<String> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .map(Thread::getName)
        .filter(name -> name.matches("(hearth-transfer|globalEventExecutor|nioEventLoop|object).*"))
        .collect(Collectors.toSet());
  }

  @Test
  void aPortInUseIsNamedAndTriedAgain() throws Exception {
    ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"));
    InetSocketAddress address = new InetSocketAddress("127.0.0.1", taken.getLocalPort());
    CompletableFuture<Integer> listening = new CompletableFuture<>();
    try (TransferNode node =
        new TransferNode(
            new Services(),
            Settings.DEFAULT,
            Clock.systemUTC(),
            temp,
            1,
            address,
            1,
            60,
            listening::complete)) {
      until("health FAILED", () -> node.health().state() == State.FAILED);
      String reason = node.health().reason();
      assertTrue(reason.contains(String.valueOf(address.getPort())), reason);
      assertTrue(reason.contains("port") && reason.contains("tv.hearth.transfer"), reason);
      taken.close();
      assertEquals(address.getPort(), listening.get());
      assertEquals(State.DEGRADED, node.health().state(), "it listens, and can ask nobody here");
      assertTrue(node.health().reason().contains("Identity"), node.health().reason());
    } finally {
      taken.close();
    }
  }

  @Test
  void stoppingEndsEveryThread() throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    TestBox holder = TestBox.member(neighbourhood, "holder");
    TestBox owner = TestBox.member(neighbourhood, "owner");
    PieceId piece = PieceSamples.piece(1, 0, 0);
    owner
        .transfers()
        .put(
            holder.id(),
            piece,
            owner.grant(holder.id(), piece, 100),
            0,
            ByteBuffer.allocate(100),
            TrafficClass.BACKUP)
        .get();
    assertFalse(threads().isEmpty());
    assertEquals(State.OK, holder.node().health().state());
    holder.services.records.close(holder.records());
    assertEquals(State.DEGRADED, holder.node().health().state());
    for (TestBox box : new TestBox[] {owner, holder}) {
      box.close();
    }
    until("threads gone: " + threads(), () -> threads().isEmpty());
  }

  @Test
  void aRenewedCertificateIsUsedForNewConnections() throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    try (TestBox holder = TestBox.impatient(neighbourhood, "holder");
        TestBox owner = TestBox.impatient(neighbourhood, "owner")) {
      PieceId piece = PieceSamples.piece(1, 0, 0);
      String before = shown(holder, owner);
      neighbourhood.operator.enrol(holder.identity());
      assertFalse(shown(holder, owner).equals(before));
      assertFalse(owner.transfers().head(holder.id(), piece).get());
    }
  }

  private static String shown(TestBox holder, TestBox owner) throws Exception {
    try (var socket =
        (javax.net.ssl.SSLSocket)
            owner.identity().tls().getSocketFactory().createSocket("127.0.0.1", holder.port())) {
      socket.startHandshake();
      var leaf = (java.security.cert.X509Certificate) socket.getSession().getPeerCertificates()[0];
      return leaf.getSerialNumber().toString();
    }
  }

  @Test
  void aProviderThatIsReplacedIsWaitedFor() throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    try (TestBox holder = TestBox.member(neighbourhood, "holder");
        TestBox owner = TestBox.member(neighbourhood, "owner")) {
      PieceId piece = PieceSamples.piece(1, 0, 0);
      holder.services.pieces.close(holder.pieces());
      CompletableFuture<Boolean> head = owner.transfers().head(holder.id(), piece);
      holder.services.pieces.open(holder.pieces());
      assertFalse(head.get());
      holder.services.neighbourhood.close(neighbourhood);
      assertFalse(owner.transfers().head(holder.id(), piece).get());
    }
  }

  @Test
  void endpointsAreGossiped() throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    try (TestBox one = TestBox.member(neighbourhood, "one");
        TestBox two = TestBox.member(neighbourhood, "two")) {
      until("gossip both ways", () -> neighbourhood.heard.size() >= 2);
      assertTrue(one.port() != two.port());
    }
  }

  @Test
  void metersCountBytesByClassAndRefusals() throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    try (TestBox holder = TestBox.member(neighbourhood, "holder");
        TestBox owner = TestBox.member(neighbourhood, "owner")) {
      PieceId piece = PieceSamples.piece(1, 0, 0);
      byte[] grant = owner.grant(holder.id(), piece, 70_000);
      owner
          .transfers()
          .put(holder.id(), piece, grant, 0, ByteBuffer.allocate(70_000), TrafficClass.REPAIR)
          .get();
      owner
          .transfers()
          .put(
              holder.id(),
              PieceSamples.piece(2, 0, 0),
              grant,
              0,
              ByteBuffer.allocate(1),
              TrafficClass.REPAIR)
          .handle((reply, failure) -> failure)
          .get();
      assertTrue(meter(holder, "transfer.received.bytes", "repair") >= 70_000);
      assertEquals(70_000, meter(owner, "transfer.sent.bytes", "repair"), 1);
      assertEquals(1, meter(holder, "transfer.grants.refused", null));
      assertEquals(1, meter(owner, "transfer.calls.failed", "refused"));
    }
  }

  private static double meter(TestBox box, String name, String label) {
    return box.node().meters().read().stream()
        .filter(meter -> meter.name().equals(name))
        .filter(meter -> label == null || meter.labels().containsValue(label))
        .mapToDouble(Meter::value)
        .sum();
  }
}
