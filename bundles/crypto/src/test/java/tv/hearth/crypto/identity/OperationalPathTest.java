package tv.hearth.crypto.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static tv.hearth.tests.contracts.crypto.TestCertificate.CLIENT;
import static tv.hearth.tests.contracts.crypto.TestCertificate.RENEWING;
import static tv.hearth.tests.contracts.crypto.TestCertificate.SERVER;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.crypto.NodeSettings;
import tv.hearth.tests.contracts.crypto.Handshake;
import tv.hearth.tests.contracts.crypto.Peer;
import tv.hearth.tests.contracts.crypto.TestOperator;

/**
 * Renewal credentials open the enrolment listener and nothing else, however their holder arranges
 * the chain. These tests hold the JDK's path building to what {@link Tls} relies on.
 */
final class OperationalPathTest {
  private static final String TLS13 = "TLSv1.3";
  @TempDir private Path temp;
  private TestOperator operator;
  private SSLContext box;

  @BeforeEach
  void setUp() throws Exception {
    operator = new TestOperator(Instant.now());
    CryptoNode node =
        CryptoNode.open(
            NodeSettings.of(temp.resolve("box"), operator.writeAnchor(temp)),
            Clock.systemUTC(),
            new SecureRandom());
    operator.enrol(node.identity());
    box = node.identity().tls();
  }

  @Test
  void operationalPeersGetInBothWays() throws Exception {
    Peer peer = Peer.of(operator, SERVER, CLIENT);
    assertEquals(2, Handshake.between(box, peer.context(), TLS13).length);
    assertEquals(2, Handshake.between(peer.context(), box, TLS13).length);
    assertEquals(2, Handshake.between(peer.context(), box, "TLSv1.2").length);
  }

  @Test
  void aRenewalCredentialGetsInNeitherWay() {
    Peer renewing = Peer.renewing(operator, CLIENT, RENEWING);
    refusedAsClient(renewing);
    refusedAsServer(renewing);
  }

  @Test
  void norWithItsChainOutOfOrderOrPadded() {
    Peer renewing = Peer.renewing(operator, CLIENT, RENEWING);
    List<byte[]> own = renewing.chain();
    List<byte[]> good = Peer.of(operator, SERVER, CLIENT).chain();
    List<byte[]> leaf = own.subList(0, 1);
    List<byte[]> ca = own.subList(1, 2);
    List<byte[]> operationalCa = good.subList(1, 2);
    List<byte[]> anchor = List.of(operator.anchor());
    List<List<byte[]>> arrangements =
        List.of(
            Peer.joined(leaf, operationalCa, ca),
            Peer.joined(leaf, anchor, ca),
            Peer.joined(leaf, ca, anchor),
            Peer.joined(leaf, ca, operationalCa),
            Peer.joined(leaf, leaf, ca),
            Peer.joined(leaf, good, ca),
            Peer.joined(leaf, ca, ca),
            leaf);
    for (List<byte[]> chain : arrangements) {
      refusedAsClient(renewing.showing(chain));
    }
  }

  @Test
  void theListenersOwnTrustWouldTakeSuchArrangements() throws Exception {
    Peer renewing = Peer.renewing(operator, CLIENT, RENEWING);
    List<byte[]> own = renewing.chain();
    Peer shuffled =
        renewing.showing(
            Peer.joined(own.subList(0, 1), List.of(operator.anchor()), own.subList(1, 2)));
    SSLContext lax = Peer.of(operator, SERVER, CLIENT).context();
    assertEquals(
        2, Handshake.between(lax, shuffled.context(), TLS13).length, "so the test above bites");
  }

  @Test
  void certificatesOfOneUsageAloneAreRefused() {
    refusedAsClient(Peer.of(operator, CLIENT));
    refusedAsServer(Peer.of(operator, SERVER));
  }

  @Test
  void sessionsAreBounded() {
    for (var sessions : List.of(box.getClientSessionContext(), box.getServerSessionContext())) {
      assertTrue(sessions.getSessionCacheSize() <= 256);
      assertTrue(sessions.getSessionTimeout() <= 3600);
    }
  }

  private void refusedAsClient(Peer peer) {
    assertThrows(IOException.class, () -> Handshake.between(box, peer.context(), TLS13));
  }

  private void refusedAsServer(Peer peer) {
    assertThrows(IOException.class, () -> Handshake.between(peer.context(), box, TLS13));
  }
}
