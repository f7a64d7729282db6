package tv.hearth.transfer;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.tests.contracts.net.Swallowing;
import tv.hearth.tests.contracts.pieces.PieceSamples;
import tv.hearth.transfer.net.Settings;

/** Of a neighbour's addresses one leads nowhere: another is used long before that is certain. */
@Timeout(300)
final class DialingTest {
  private static final Settings PATIENT =
      new Settings(
          Duration.ofHours(1),
          Settings.DEFAULT.handshake(),
          Settings.DEFAULT.answer(),
          Settings.DEFAULT.window(),
          Settings.DEFAULT.leastRate(),
          Settings.DEFAULT.total(),
          Settings.DEFAULT.idle(),
          Settings.DEFAULT.peerConnections(),
          Settings.DEFAULT.inbound(),
          Settings.DEFAULT.outbound(),
          Settings.DEFAULT.requests(),
          Settings.DEFAULT.bodyBytes(),
          Settings.DEFAULT.allowance());

  @Test
  void anAddressThatSwallowsEverythingHoldsNobody(@TempDir Path temp) throws Exception {
    TestNeighbourhood neighbourhood = new TestNeighbourhood(temp);
    try (TestBox holder = TestBox.member(neighbourhood, "holder");
        TestBox asking = new TestBox(neighbourhood, "asking", PATIENT, Clock.systemUTC(), false)) {
      Swallowing nowhere = new Swallowing(InetAddress.getByName("127.0.0.4"), holder.port());
      try (nowhere) {
        neighbourhood.at(
            holder.id(),
            new Endpoint("direct4", "127.0.0.4", holder.port()),
            new Endpoint("direct4", "127.0.0.1", holder.port()));
        assertFalse(asking.transfers().head(holder.id(), PieceSamples.piece(1, 0, 0)).get());
      }
    }
  }
}
