package tv.hearth.membership.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.api.neighbourhood.BoxMap;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.signature.SignatureVerifier;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.headend.registry.enrol.CertificateDesk;
import tv.hearth.headend.registry.enrol.Enrolment;
import tv.hearth.headend.registry.operator.Credentials;
import tv.hearth.headend.registry.store.Database;
import tv.hearth.headend.registry.store.FleetStore;
import tv.hearth.headend.registry.web.Limits;
import tv.hearth.membership.enrol.Application;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.record.EnrolAnswer;

/** What lasts when the headend is down, restarted, replaced, or was not asked for a year. */
class OutageTest {
  @TempDir Path temp;
  private Town town;

  @AfterEach
  void close() {
    town.close();
  }

  private static boolean shows(Member member, CryptoNode node) {
    return member.map().filter(map -> map.isMember(node.identity().box())).isPresent();
  }

  @Test
  void membersGoOnWhileTheHeadendIsDownAndItRemembersAllAfterwards() throws Exception {
    town = new Town(temp, Instant.now());
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    long version;
    try (Member member = town.member("box1", node, town.url())) {
      Town.await("the first map", () -> shows(member, node));
      version = member.map().orElseThrow().version();
    }
    int port = town.headend.port();
    town.headend.close();
    try (Member member = town.member("box1", node, "https://127.0.0.1:" + port)) {
      Town.await("the map from disk", () -> shows(member, node));
      assertEquals("hamlet", member.name().orElseThrow());
      assertEquals(HealthProbe.State.OK, member.health().state());
      CryptoNode late = town.node("keys2", town.clock, town.claim());
      try (Member waiting = town.member("box2", late, "https://127.0.0.1:" + port)) {
        Town.await("a failure", () -> waiting.health().reason().contains("refused"));
        town.start(port, Limits.DEFAULT);
        Town.awaitSaying(
            () -> waiting.health().reason() + town.clock.instant(),
            () -> {
              town.clock.pass(Duration.ofMillis(20));
              waiting.look();
              return shows(waiting, late) && shows(waiting, node) && shows(member, late);
            });
      }
      assertTrue(member.map().orElseThrow().version() > version);
    }
  }

  @Test
  void aStaleMapIsUsableAndSaidToBeStale() throws Exception {
    town = new Town(temp, Instant.now());
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    try (Member member = town.member("box1", node, town.url())) {
      Town.await("the first map", () -> shows(member, node));
      town.headend.close();
      town.clock.pass(Duration.ofDays(8));
      assertTrue(shows(member, node));
      assertEquals(HealthProbe.State.DEGRADED, member.health().state());
      assertTrue(member.health().reason().contains("expired"), member.health().reason());
    }
    try (Member member = town.member("box1", node, "https://127.0.0.1:1")) {
      Town.await("the stale map from disk", () -> shows(member, node));
    }
  }

  @Test
  void aBoxThatWasOffForAYearComesBackByItself() throws Exception {
    Instant now = Instant.now();
    town = new Town(temp, now.minus(Duration.ofDays(366)));
    town.headend.close();
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    enrolledThen(node);
    assertTrue(node.identity().enrolled());
    Path[] spent = {temp.resolve("keys1")};
    town.clock.set(now);
    assertFalse(node.identity().enrolled(), "the operational certificate lasted a year");
    town.start(0, Limits.DEFAULT);
    CryptoNode back = town.node(spent[0].getFileName().toString(), town.clock, null);
    try (Member member = town.member("box1", back, town.url())) {
      Town.awaitSaying(() -> member.health().reason(), () -> shows(member, back));
      assertTrue(back.identity().enrolled());
      assertEquals(node.identity().box(), back.identity().box());
    }
  }

  /** A year ago no TLS of today could have been made: the same rules, without the wire. */
  private void enrolledThen(CryptoNode node) throws Exception {
    Credentials credentials = Credentials.read(town.operator.headendCredentials());
    try (Database database = new Database(temp.resolve("headend").resolve("registry.db"))) {
      ServiceGate<SignatureVerifier> verifier = new ServiceGate<>("crypto", Duration.ZERO);
      verifier.open(node.verifier());
      Enrolment enrolment =
          new Enrolment(
              credentials,
              new FleetStore(database),
              new CertificateDesk(credentials, new SecureRandom()),
              town.clock,
              verifier,
              new NoMap());
      byte[] request =
          Application.enrol(node.identity(), "m", "p", List.of(), town.clock.instant());
      EnrolAnswer answer = EnrolAnswer.decode(enrolment.enrol(request));
      node.identity().install(answer.operational(), answer.renewal());
    }
  }

  private static final class NoMap implements Enrolment.Changes {
    @Override
    public void fleetChanged() {}

    @Override
    public byte[] signedMap() {
      return new byte[0];
    }
  }

  @Test
  void certificatesAreRenewedFromDayFifteen() throws Exception {
    town = new Town(temp, Instant.now().minus(Duration.ofDays(15).plusHours(1)));
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    try (Member member = town.member("box1", node, town.url())) {
      Town.await("the first map", () -> shows(member, node));
      long before = node.identity().generation();
      town.clock.pass(Duration.ofDays(15).plusHours(1));
      member.look();
      Town.awaitSaying(() -> member.health().reason(), () -> node.identity().generation() > before);
    }
  }

  @Test
  void aRaisedEpochReplacesTheMapKey() throws Exception {
    town = new Town(temp, Instant.now());
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    try (Member member = town.member("box1", node, town.url())) {
      Town.await("the first map", () -> shows(member, node));
      BoxMap before = member.map().orElseThrow();
      town.headend.close();
      assertEquals(1, town.operator.raiseEpoch());
      town.start(0, Limits.DEFAULT);
      Town.await("the next epoch", () -> member.map().orElseThrow().epoch() == 1);
      assertEquals(before.boxes(), member.map().orElseThrow().boxes());
    }
  }

  @Test
  void aLostHeadendIsRefilledFromAnyBoxsMap() throws Exception {
    town = new Town(temp, Instant.now());
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    try (Member member = town.member("box1", node, town.url())) {
      Town.await("the first map", () -> shows(member, node));
      town.headend.close();
      for (String name : List.of("registry.db", "registry.db-wal", "registry.db-shm")) {
        Files.deleteIfExists(temp.resolve("headend").resolve(name));
      }
      Files.copy(
          temp.resolve("box1").resolve("map.cbor"),
          town.operator.headendCredentials().resolve("recovery-map.cbor"));
      town.operator.raiseEpoch();
      town.start(0, Limits.DEFAULT);
      Town.await("the next epoch", () -> member.map().orElseThrow().epoch() == 1);
      assertTrue(shows(member, node));
    }
  }

  @Test
  void aHeadendThatForgotItsBoxesGetsThemBackByTheirClaims() throws Exception {
    town = new Town(temp, Instant.now());
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    int port = town.headend.port();
    try (Member member = town.member("box1", node, town.url())) {
      Town.await("the first map", () -> shows(member, node));
      town.headend.close();
      for (String name : List.of("registry.db", "registry.db-wal", "registry.db-shm")) {
        Files.deleteIfExists(temp.resolve("headend").resolve(name));
      }
      town.operator.raiseEpoch();
      town.start(port, Limits.DEFAULT);
      Town.awaitSaying(
          () -> member.health().reason() + member.map(),
          () -> {
            town.clock.pass(Duration.ofMillis(500));
            member.look();
            return member.map().orElseThrow().epoch() == 1 && shows(member, node);
          });
    }
  }

  @Test
  void aTakenPortIsNamedAndTriedAgain() throws Exception {
    town = new Town(temp, Instant.now());
    town.headend.close();
    int port;
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      port = taken.getLocalPort();
      town.start(port, Limits.DEFAULT);
      HealthProbe.Health health = town.headend.health();
      assertEquals(HealthProbe.State.FAILED, health.state());
      assertTrue(health.reason().contains(":" + port), health.reason());
      assertTrue(health.reason().contains("set another"), health.reason());
    }
    Town.await("the freed port", () -> town.headend.port() == port);
    assertEquals(HealthProbe.State.OK, town.headend.health().state());
  }

  @Test
  void heardEndpointsOutliveARestart() throws Exception {
    town = new Town(temp, Instant.now());
    CryptoNode one = town.node("keys1", town.clock, town.claim());
    CryptoNode two = town.node("keys2", town.clock, town.claim());
    Endpoint at = new Endpoint("direct4", "127.0.0.1", 7443);
    try (Member first = town.member("box1", one, town.url());
        Member second = town.member("box2", two, town.url())) {
      Town.await("both in the map", () -> shows(second, one) && shows(first, two));
      town.headend.close();
      first.add(() -> List.of(at));
      Town.await("an own record", () -> first.gossip(1).size() == 1);
      assertTrue(second.heard(first.gossip(1).get(0)));
      assertFalse(second.heard(first.gossip(1).get(0)), "heard twice");
    }
    try (Member second = town.member("box2", two, "https://127.0.0.1:1")) {
      Town.await(
          "the record from disk", () -> second.endpoints(one.identity().box()).equals(List.of(at)));
      assertEquals(Optional.of("hamlet"), second.name());
    }
  }
}
