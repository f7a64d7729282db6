package tv.hearth.transfer.net;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.Bytes;
import tv.hearth.api.value.OwnerId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.transfer.serve.DeletionDesk;
import tv.hearth.transfer.serve.Services;

/** What may take long leaves the threads alone on which streams wait: here there is only one. */
@Timeout(300)
final class SlowWorkTest {
  private static final BoxId PEER = new BoxId("a".repeat(32));
  private final CountDownLatch entered = new CountDownLatch(1);
  private final CountDownLatch release = new CountDownLatch(1);
  private final Services services = new Services();
  private final Engine engine = new Engine(1);

  @AfterEach
  void stop() throws InterruptedException {
    release.countDown();
    engine.close(1000);
  }

  @Test
  void aSweepLeavesThemAlone(@org.junit.jupiter.api.io.TempDir java.nio.file.Path temp)
      throws Exception {
    services.neighbourhood.open(new Slow(List.of()));
    DeletionDesk deletions = new DeletionDesk(services, temp, 1, Clock.systemUTC());
    new Sweep(node(new Node.Desks(null, null, deletions, null, null))).begin();
    assertAStreamIsServedMeanwhile();
  }

  @Test
  void aNameThatIsLookedUpLeavesThemAlone() throws Exception {
    services.neighbourhood.open(new Slow(List.of(new Endpoint("dns", "box.example", 7443))));
    Dialer dialer =
        new Dialer(
            node(null),
            host -> {
              await();
              return new InetAddress[] {InetAddress.getLoopbackAddress()};
            });
    dialer.dial(new Peer(null, PEER, false));
    assertAStreamIsServedMeanwhile();
  }

  private Node node(Node.Desks desks) {
    return new Node(engine, services, null, null, Settings.DEFAULT, Clock.systemUTC(), desks);
  }

  private void assertAStreamIsServedMeanwhile() throws InterruptedException {
    entered.await();
    CountDownLatch served = new CountDownLatch(1);
    engine.disk(TrafficClass.STREAM, served::countDown);
    served.await();
    assertEquals(1, release.getCount(), "the slow work is still under way");
  }

  private void await() {
    entered.countDown();
    try {
      release.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static BoxMap mapOfPeer() {
    Bytes key = Bytes.of(new byte[44]);
    OwnerId household = new OwnerId("a".repeat(32));
    MapBox peer =
        new MapBox(
            PEER, key, key, household, key, "pid", 100, MapBox.State.ACTIVE, "model", List.of());
    return new BoxMap("test", 1, 1, Instant.MAX, List.of(peer), Map.of());
  }

  /** Knows no map before it is released, but where it knows endpoints. */
  private final class Slow implements Neighbourhood {
    private final List<Endpoint> endpoints;

    private Slow(List<Endpoint> endpoints) {
      this.endpoints = endpoints;
    }

    @Override
    public Optional<String> name() {
      return Optional.empty();
    }

    @Override
    public Optional<BoxMap> map() {
      if (!endpoints.isEmpty()) {
        return Optional.of(mapOfPeer());
      }
      await();
      return Optional.empty();
    }

    @Override
    public List<Endpoint> endpoints(BoxId box) {
      return endpoints;
    }

    @Override
    public boolean heard(byte[] signedEndpoint) {
      return false;
    }

    @Override
    public List<byte[]> gossip(int limit) {
      return List.of();
    }
  }
}
