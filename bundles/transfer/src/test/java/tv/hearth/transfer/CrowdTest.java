package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.Closeable;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.crypto.CryptoNode;
import tv.hearth.transfer.net.Settings;

/** A listener whose places are all taken. */
@Timeout(300)
final class CrowdTest {
  private static final int PLACES = 4;

  /** More than a listener lets in before they have shown themselves members. */
  private static final int STRANGERS = 20;

  /** Idle connections stay: none of them goes by itself while the test runs. */
  private static final Settings FEW_PLACES =
      new Settings(
          Settings.DEFAULT.connect(),
          Settings.DEFAULT.handshake(),
          Settings.DEFAULT.answer(),
          Settings.DEFAULT.window(),
          Settings.DEFAULT.leastRate(),
          Settings.DEFAULT.total(),
          Duration.ofHours(1),
          3 * PLACES,
          PLACES,
          Settings.DEFAULT.outbound(),
          Settings.DEFAULT.requests(),
          Settings.DEFAULT.bodyBytes(),
          Settings.DEFAULT.allowance());

  @TempDir Path temp;

  @Test
  void aNewcomerTakesAnIdleConnectionsPlace() throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    List<RawPeer> peers = new ArrayList<>();
    try (TestBox holder =
            new TestBox(neighbourhood, "holder", FEW_PLACES, Clock.systemUTC(), false);
        // Keys alone: a box would gossip, and so take a place by itself after some seconds.
        CryptoNode member = neighbourhood.keys("member")) {
      for (int i = 0; i < 2 * PLACES; i++) {
        RawPeer newcomer = new RawPeer(member.identity().tls(), holder.port());
        peers.add(newcomer);
        assertEquals(200, newcomer.ask("GET", "/v1/endpoints").status(), "connection " + i);
      }
      assertEquals("", peers.get(0).rest());
      assertEquals(200, peers.get(PLACES).ask("GET", "/v1/endpoints").status());
    } finally {
      for (RawPeer peer : peers) {
        peer.close();
      }
    }
  }

  @Test
  void whoHasNotShownItselfAMemberTakesNobodysPlace() throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    List<Closeable> open = new ArrayList<>();
    try (TestBox holder =
            new TestBox(neighbourhood, "holder", FEW_PLACES, Clock.systemUTC(), false);
        CryptoNode member = neighbourhood.keys("member");
        CryptoNode unmapped = neighbourhood.stranger("unmapped")) {
      List<RawPeer> peers = new ArrayList<>();
      for (int i = 0; i < PLACES; i++) {
        peers.add(asked(member, holder, 200));
      }
      open.addAll(peers);
      List<Socket> silent = new ArrayList<>();
      for (int i = 0; i < STRANGERS; i++) {
        silent.add(new Socket("127.0.0.1", holder.port()));
      }
      open.addAll(silent);
      assertEquals(-1, silent.get(0).getInputStream().read(), "the first gives way to the last");
      open.add(asked(unmapped, holder, 403));
      for (RawPeer peer : peers) {
        assertEquals(200, peer.ask("GET", "/v1/endpoints").status());
      }
      open.add(asked(member, holder, 200));
      assertEquals("", peers.get(0).rest(), "a member may take the place that is idle longest");
      assertEquals(200, peers.get(1).ask("GET", "/v1/endpoints").status());
    } finally {
      for (Closeable each : open) {
        each.close();
      }
    }
  }

  private static RawPeer asked(CryptoNode who, TestBox holder, int status) throws Exception {
    RawPeer peer = new RawPeer(who.identity().tls(), holder.port());
    assertEquals(status, peer.ask("GET", "/v1/endpoints").status());
    return peer;
  }
}
