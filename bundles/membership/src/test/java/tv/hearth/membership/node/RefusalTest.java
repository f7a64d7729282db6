package tv.hearth.membership.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.health.HealthProbe;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.headend.registry.operator.ClaimKind;
import tv.hearth.headend.registry.operator.OperatorKeys;
import tv.hearth.headend.registry.pki.KeyFiles;
import tv.hearth.headend.registry.pki.TlsContexts;
import tv.hearth.membership.enrol.Application;
import tv.hearth.membership.enrol.EnrolmentClient;
import tv.hearth.membership.enrol.RefusedException;
import tv.hearth.support.record.EnrolAnswer;
import tv.hearth.support.record.EnrolRequest;

/** What the headend refuses, over TLS on loopback. */
class RefusalTest {
  @TempDir Path temp;
  private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
  private final EnrolmentClient client = new EnrolmentClient(timer, Duration.ofSeconds(10));
  private Town town;

  @BeforeEach
  void open() throws Exception {
    town = new Town(temp, Instant.now());
  }

  @AfterEach
  void close() {
    town.close();
    timer.shutdownNow();
  }

  private byte[] enrolment(CryptoNode node) throws Exception {
    return Application.enrol(node.identity(), "m", "p", List.of(), town.clock.instant());
  }

  private byte[] renewal(CryptoNode node) throws Exception {
    return Application.renew(node.identity(), "m", "p", List.of(), town.clock.instant());
  }

  private EnrolAnswer post(String path, CryptoNode node, byte[] request) throws Exception {
    URL url = new URL(town.url() + path);
    return EnrolAnswer.decode(client.post(url, node.identity().enrolmentTls(), request));
  }

  private void refused(String problem, String path, CryptoNode node, byte[] request) {
    RefusedException e = assertThrows(RefusedException.class, () -> post(path, node, request));
    assertEquals(problem, e.problem(), e.getMessage());
  }

  private CryptoNode enrolled(String name) throws Exception {
    CryptoNode node = town.node(name, town.clock, town.claim());
    EnrolAnswer answer = post("/v1/enrol", node, enrolment(node));
    node.identity().install(answer.operational(), answer.renewal());
    return node;
  }

  @Test
  void aWrongProofAndAnUnknownClaimAreRefusedAlike() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    EnrolRequest good = EnrolRequest.decode(enrolment(node));
    byte[] proof = good.proof().clone();
    proof[5] ^= 1;
    byte[] flipped = new EnrolRequest(good.body(), good.household(), good.claim(), proof).encode();
    refused("BAD_CLAIM", "/v1/enrol", node, flipped);
    byte[] unknown =
        new EnrolRequest(good.body(), good.household(), "0123456789abcdef", good.proof()).encode();
    refused("BAD_CLAIM", "/v1/enrol", node, unknown);
    byte[] none =
        new EnrolRequest(good.body(), good.household(), good.claim(), new byte[0]).encode();
    refused("BAD_CLAIM", "/v1/enrol", node, none);
    assertEquals(0, boxes());
  }

  @Test
  void aProofOfOneRequestIsNoneOfAnother() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    EnrolRequest one = EnrolRequest.decode(enrolment(node));
    CryptoNode thief = town.node("keys2", town.clock, town.claim());
    EnrolRequest other = EnrolRequest.decode(enrolment(thief));
    byte[] mixed =
        new EnrolRequest(other.body(), other.household(), one.claim(), one.proof()).encode();
    refused("BAD_CLAIM", "/v1/enrol", thief, mixed);
  }

  @Test
  void aHouseholdThatDidNotSignThisRequestIsRefused() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    EnrolRequest one = EnrolRequest.decode(enrolment(node));
    town.clock.pass(Duration.ofSeconds(2));
    EnrolRequest two = EnrolRequest.decode(enrolment(node));
    byte[] mixed = new EnrolRequest(one.body(), two.household(), one.claim(), one.proof()).encode();
    refused("MALFORMED", "/v1/enrol", node, mixed);
  }

  @Test
  void aClaimBindsToOneBoxAndMayBeRepeatedByIt() throws Exception {
    Path claim = town.claim();
    CryptoNode first = town.node("keys1", town.clock, claim);
    EnrolAnswer answer = post("/v1/enrol", first, enrolment(first));
    assertEquals(first.identity().box(), answer.box());
    assertEquals(first.identity().box(), post("/v1/enrol", first, enrolment(first)).box());
    CryptoNode second = town.node("keys2", town.clock, claim);
    refused("CLAIM_USED", "/v1/enrol", second, enrolment(second));
    assertEquals(1, boxes());
  }

  @Test
  void renewalNeedsACertificateOfTheSameKey() throws Exception {
    CryptoNode stranger = town.node("keys1", town.clock, town.claim());
    refused("BAD_CREDENTIAL", "/v1/renew", stranger, renewal(stranger));
    CryptoNode one = enrolled("keys2");
    CryptoNode two = enrolled("keys3");
    EnrolAnswer own = post("/v1/renew", one, renewal(one));
    assertEquals(one.identity().box(), own.box());
    refused("KEY_TAKEN", "/v1/renew", one, renewal(two));
  }

  @Test
  void aRotatedKeyKeepsTheBoxAndShutsTheOldKeyOut() throws Exception {
    CryptoNode old = enrolled("keys1");
    CryptoNode next = town.node("keys2", town.clock, town.claim());
    EnrolAnswer rotated = post("/v1/renew", old, renewal(next));
    assertEquals(old.identity().box(), rotated.box());
    refused("BAD_CREDENTIAL", "/v1/renew", old, renewal(old));
    refused("KEY_TAKEN", "/v1/enrol", old, enrolment(old));
    assertEquals(1, boxes());
  }

  @Test
  void aRemovedBoxComesBackByNeitherWay() throws Exception {
    CryptoNode node = enrolled("keys1");
    String page = "/v1/fleet/box/" + node.identity().box() + "/state";
    assertTrue(town.fleet("POST", page, "REMOVED").startsWith("200 "));
    refused("REMOVED", "/v1/renew", node, renewal(node));
    refused("REMOVED", "/v1/enrol", node, enrolment(node));
    assertTrue(town.fleet("POST", page, "ACTIVE").startsWith("200 "));
    assertEquals(node.identity().box(), post("/v1/renew", node, renewal(node)).box());
  }

  @Test
  void theFleetIsForTheOperatorAlone() throws Exception {
    CryptoNode box = enrolled("keys1");
    URL url = new URL(town.url() + "/v1/fleet");
    RefusedException e =
        assertThrows(
            RefusedException.class,
            () -> client.post(url, box.identity().enrolmentTls(), new byte[0]));
    assertEquals("NOT_ALLOWED", e.problem());
    String fleet = town.fleet("GET", "/v1/fleet", "");
    assertTrue(fleet.contains(box.identity().box().text()), fleet);
    assertTrue(fleet.startsWith("200 {"), fleet);
    String id = box.identity().box().text();
    assertTrue(town.fleet("POST", "/v1/fleet/box/" + id + "/weight", "-1").startsWith("400"));
    assertTrue(town.fleet("POST", "/v1/fleet/box/" + id + "/location", "p q").startsWith("400"));
    assertTrue(town.fleet("POST", "/v1/fleet/box/" + id + "/state", "KING").startsWith("400"));
    assertTrue(
        town.fleet("POST", "/v1/fleet/box/" + "a".repeat(32) + "/state", "ACTIVE")
            .startsWith("404"));
    assertTrue(town.fleet("POST", "/v1/fleet/box/" + id + "/location", "pid-9").contains("pid-9"));
  }

  @Test
  void malformedAndOversizedRequestsAreRefused() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    refused("MALFORMED", "/v1/enrol", node, new byte[] {1, 2, 3});
    refused("NOT_FOUND", "/v2/enrol", node, new byte[0]);
    byte[] large = new byte[200_000];
    IOException e = assertThrows(IOException.class, () -> post("/v1/enrol", node, large));
    assertFalse(e.getMessage().contains("200:"), e.getMessage());
    SecureRandom random = new SecureRandom();
    byte[] good = enrolment(node);
    for (int i = 0; i < 50; i++) {
      byte[] flipped = good.clone();
      int at = random.nextInt(flipped.length);
      flipped[at] ^= (byte) (1 << random.nextInt(8));
      assertThrows(IOException.class, () -> post("/v1/enrol", node, flipped), "flipped byte " + at);
    }
    assertEquals(0, boxes());
    assertEquals(node.identity().box(), post("/v1/enrol", node, good).box());
  }

  @Test
  void anotherOperatorsNodesAndHeadendsAreShutOut() throws Exception {
    OperatorKeys other =
        OperatorKeys.create(temp.resolve("other"), "hamlet", town.clock, new SecureRandom());
    URL url = new URL(town.url() + "/v1/fleet");
    SSLContext foreign =
        TlsContexts.of(
            KeyFiles.key(other.operatorKey()),
            KeyFiles.chain(other.operatorCertificate()),
            KeyFiles.chain(town.operator.anchor()));
    assertThrows(IOException.class, () -> client.post(url, foreign, new byte[0]));
    SSLContext trustsOther = other.operatorTls();
    assertThrows(IOException.class, () -> client.post(url, trustsOther, new byte[0]));
  }

  @Test
  void aMemberSaysWhyItIsNotEnrolled() throws Exception {
    Path wrong = Files.writeString(temp.resolve("wrong.claim"), "abcdefghijklmnopqrstuvwxyz234567");
    CryptoNode node = town.node("keys1", town.clock, wrong);
    try (Member member = town.member("box1", node, town.url())) {
      Town.awaitSaying(
          () -> member.health().reason(),
          () -> member.health().reason().contains("check the claim code"));
      assertEquals(HealthProbe.State.DEGRADED, member.health().state());
      assertTrue(member.name().isEmpty());
      assertFalse(member.health().reason().contains("abcdefgh"), "a secret in a message");
    }
  }

  @Test
  void anAddressWithoutItsBracketsIsNamedWithTheRemedy() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    try (Member member = town.member("box1", node, "https://::1:26542")) {
      Town.awaitSaying(
          () -> member.health().reason(),
          () -> member.health().reason().contains("an IPv6 address in brackets"));
    }
  }

  @Test
  void aHeadendByNameIsReachedAtWhicheverOfItsAddressesListens() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim());
    String named = "https://localhost:" + town.headend.port();
    try (Member member = town.member("box1", node, named)) {
      Town.awaitSaying(() -> member.health().reason(), () -> node.identity().enrolled());
    }
  }

  @Test
  void anIngestClaimGivesNoPieces() throws Exception {
    CryptoNode node = town.node("keys1", town.clock, town.claim(ClaimKind.INGEST));
    post("/v1/enrol", node, enrolment(node));
    String fleet = town.fleet("GET", "/v1/fleet", "");
    assertTrue(fleet.contains("\"state\":\"INGEST\",\"weight\":0"), fleet);
  }

  private int boxes() throws Exception {
    return town.fleet("GET", "/v1/fleet", "").split("\"household\"", -1).length - 1;
  }
}
