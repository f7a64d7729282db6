package tv.hearth.membership.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.headend.registry.operator.ClaimKind;

/** Boxes enrol at a headend over TLS on loopback. */
class EnrolmentTest {
  @TempDir Path temp;
  private Town town;

  @BeforeEach
  void open() throws Exception {
    town = new Town(temp, Instant.now());
  }

  @AfterEach
  void close() {
    town.close();
  }

  @Test
  void aBoxEnrolsAndIsInTheMap() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    try (Member member = town.member("box1", node, town.url())) {
      Town.awaitSaying(
          () -> member.health().reason(),
          () -> member.map().filter(map -> map.isMember(node.identity().box())).isPresent());
      assertEquals("hamlet", member.name().orElseThrow());
      assertTrue(node.identity().enrolled());
      MapBox shown = member.map().orElseThrow().box(node.identity().box()).orElseThrow();
      assertEquals(MapBox.State.ACTIVE, shown.state());
      assertEquals("pid-1", shown.location());
      assertEquals(node.identity().signingKey(), shown.signingKey());
      assertEquals(HealthProbe.State.OK, member.health().state());
    }
  }

  @Test
  void anIngestNodeHoldsNothing() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim(ClaimKind.INGEST));
    try (Member member = town.member("ingest", node, town.url())) {
      Town.awaitSaying(
          () -> member.health().reason(),
          () -> member.map().filter(map -> map.isMember(node.identity().box())).isPresent());
      MapBox shown = member.map().orElseThrow().box(node.identity().box()).orElseThrow();
      assertEquals(MapBox.State.INGEST, shown.state());
      assertEquals(0, shown.weight());
    }
  }

  @Test
  void anAddressThatComesOrChangesIsAnnouncedWithoutBeingAskedFor() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    CryptoNode other = town.node("keys2", town.clock, town.claim());
    AtomicReference<List<Endpoint>> addresses = new AtomicReference<>(List.of());
    try (Member member = town.member("box1", node, town.url());
        Member neighbour = town.member("box2", other, town.url())) {
      member.add(addresses::get);
      Town.await(
          "no address", () -> neighbour.map().filter(m -> m.boxes().size() == 2).isPresent());
      for (int port : new int[] {7443, 7444}) {
        List<Endpoint> now = List.of(new Endpoint("direct6", "2001:db8::1", port));
        addresses.set(now);
        Town.await(
            "the address " + now, () -> neighbour.endpoints(node.identity().box()).equals(now));
      }
    }
  }

  @Test
  void endpointsReachTheMapAndGossip() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    CryptoNode other = town.node("keys2", town.clock, town.claim());
    try (Member member = town.member("box1", node, town.url());
        Member neighbour = town.member("box2", other, town.url())) {
      Endpoint at = new Endpoint("direct4", "127.0.0.1", 7443);
      member.add(() -> List.of(at));
      Town.awaitSaying(
          () -> neighbour.health().reason(),
          () -> neighbour.endpoints(node.identity().box()).equals(List.of(at)));
      Endpoint moved = new Endpoint("direct4", "127.0.0.1", 7444);
      byte[] first = member.gossip(10).get(0);
      town.clock.pass(java.time.Duration.ofSeconds(5));
      member.add(() -> List.of(moved));
      Town.await("a new record", () -> !java.util.Arrays.equals(first, member.gossip(1).get(0)));
      assertTrue(neighbour.heard(member.gossip(10).get(0)));
      assertEquals(List.of(at, moved), neighbour.endpoints(node.identity().box()));
    }
  }
}
