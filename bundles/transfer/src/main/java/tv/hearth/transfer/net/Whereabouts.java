package tv.hearth.transfer.net;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Looks every other second whether this box still has the addresses that its connections go out
 * from: after a new lease or another prefix nothing comes back on the old ones, and nobody says so.
 */
final class Whereabouts {
  private static final long SECONDS = 2;

  private final Node node;
  private final Calls calls;

  Whereabouts(Node node, Calls calls) {
    this.node = node;
    this.calls = calls;
  }

  void start() {
    node.engine()
        .clientLoop()
        .scheduleWithFixedDelay(this::look, SECONDS, SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    Set<InetAddress> ends = calls.ends();
    for (InetAddress end : ends) {
      if (isGone(end)) {
        calls.lost(end);
      }
    }
  }

  private static boolean isGone(InetAddress address) {
    try {
      return !address.isLoopbackAddress() && NetworkInterface.getByInetAddress(address) == null;
    } catch (SocketException e) {
      System.getLogger(Whereabouts.class.getName())
          .log(System.Logger.Level.DEBUG, "this box's addresses can't be listed", e);
      return false;
    }
  }
}
