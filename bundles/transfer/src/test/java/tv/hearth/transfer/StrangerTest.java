package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.neighbourhood.MapBox;
import tv.hearth.api.value.Bytes;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.crypto.NodeSettings;
import tv.hearth.tests.contracts.crypto.TestOperator;
import tv.hearth.transfer.RawPeer.Reply;

/** Who may not speak to a box. */
@Timeout(300)
final class StrangerTest {
  private static TestNeighbourhood neighbourhood;
  private static TestBox holder;

  @BeforeAll
  static void start(@TempDir Path temp) throws Exception {
    neighbourhood = new TestNeighbourhood(temp);
    holder = TestBox.impatient(neighbourhood, "holder");
  }

  @AfterAll
  static void stop() throws Exception {
    holder.close();
  }

  private static Reply ask(SSLContext tls) throws IOException {
    try (RawPeer peer = new RawPeer(tls, holder.port())) {
      return peer.ask("GET", "/v1/endpoints");
    }
  }

  private static void refused(SSLContext tls) throws IOException {
    Reply reply = ask(tls);
    assertEquals(403, reply.status());
    assertEquals("NOT_MEMBER", reply.problem());
  }

  @Test
  void whoShowsNoCertificateIsTurnedAway() throws Exception {
    SSLContext bare = SSLContext.getInstance("TLS");
    bare.init(null, new TrustManager[] {new Gullible()}, null);
    assertThrows(IOException.class, () -> ask(bare));
  }

  @Test
  void anotherOperatorsBoxIsTurnedAway() throws Exception {
    TestOperator foreign = new TestOperator(Instant.now());
    Path folder = Files.createDirectories(neighbourhood.folder.resolve("foreign"));
    NodeSettings settings = NodeSettings.of(folder.resolve("keys"), foreign.writeAnchor(folder));
    try (CryptoNode box = CryptoNode.open(settings, Clock.systemUTC(), new SecureRandom())) {
      foreign.enrol(box.identity());
      assertThrows(IOException.class, () -> ask(box.identity().tls()));
    }
  }

  @Test
  void aRenewalCredentialIsTurnedAway() throws Exception {
    try (CryptoNode box = neighbourhood.keys("renewing")) {
      SSLContext renewal = box.identity().enrolmentTls();
      assertThrows(IOException.class, () -> ask(renewal));
    }
  }

  @Test
  void olderTlsIsTurnedAway() throws Exception {
    try (CryptoNode box = neighbourhood.keys("old")) {
      SSLContext tls = box.identity().tls();
      assertEquals(200, ask(tls).status());
      assertThrows(IOException.class, () -> new RawPeer(tls, holder.port(), "TLSv1.2").close());
    }
  }

  @Test
  void aBoxThatIsNotInTheMapIsRefused() throws Exception {
    try (CryptoNode box = neighbourhood.stranger("unmapped")) {
      refused(box.identity().tls());
    }
  }

  @Test
  void aRemovedBoxIsRefusedOnItsOpenConnectionToo() throws Exception {
    try (CryptoNode box = neighbourhood.keys("removed");
        RawPeer peer = new RawPeer(box.identity().tls(), holder.port())) {
      assertEquals(200, peer.ask("GET", "/v1/endpoints").status());
      neighbourhood.join(box.identity(), MapBox.State.REMOVED);
      assertEquals("NOT_MEMBER", peer.ask("GET", "/v1/endpoints").problem());
      assertTrue(peer.isClosedByPeer());
    }
  }

  @Test
  void aBoxWithAnotherKeyThanTheMapsIsRefused() throws Exception {
    try (CryptoNode box = neighbourhood.keys("rotated")) {
      MapBox entry = neighbourhood.entry(box.identity().box());
      neighbourhood.put(
          new MapBox(
              entry.id(),
              Bytes.of(new byte[44]),
              entry.exchangeKey(),
              entry.household(),
              entry.householdKey(),
              entry.location(),
              entry.weight(),
              entry.state(),
              entry.model(),
              entry.endpoints()));
      refused(box.identity().tls());
    }
  }

  @Test
  void aNodeThatIsNoBoxIsRefused() throws Exception {
    try (CryptoNode box = neighbourhood.stranger("broker")) {
      box.identity()
          .install(
              neighbourhood.operator.operational(
                  new tv.hearth.tests.contracts.crypto.TestCertificate(
                          "broker",
                          box.identity().signingKey().toArray(),
                          neighbourhood.operator.from(),
                          Instant.now().plusSeconds(9_000))
                      .dns("localhost")
                      .usages(
                          tv.hearth.tests.contracts.crypto.TestCertificate.SERVER,
                          tv.hearth.tests.contracts.crypto.TestCertificate.CLIENT)),
              List.of());
      refused(box.identity().tls());
    }
  }

  /** Trusts anybody, so that the refusal is the other side's. */
  private static final class Gullible implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
