package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
@Timeout(60)
final class CrowdTest {
  private static final int PLACES = 4;

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
}
