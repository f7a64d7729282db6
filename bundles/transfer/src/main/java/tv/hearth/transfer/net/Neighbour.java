package tv.hearth.transfer.net;

import tv.hearth.transfer.core.Allowance;

/** A neighbour's connections and what it may ask; outlives them for a while. On the event loop. */
final class Neighbour {
  private final Allowance allowance;
  private final int most;
  private int connections;
  private long leftAt;

  Neighbour(Settings settings, long now) {
    allowance = new Allowance(settings.allowance(), now);
    // Foreground and background connections, and as many again while old ones linger.
    most = 4 * settings.peerConnections();
    leftAt = now;
  }

  Allowance allowance() {
    return allowance;
  }

  boolean connect() {
    if (connections >= most) {
      return false;
    }
    connections++;
    return true;
  }

  void disconnect() {
    connections--;
    leftAt = System.nanoTime();
  }

  boolean isForgettable(long now) {
    return connections == 0 && !allowance.isBusy() && now - leftAt > 60_000_000_000L;
  }
}
