package tv.hearth.gateway.server;

import java.net.InetAddress;
import java.net.InterfaceAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Arrays;

/** Who is at the other end. */
final class Peers {
  private Peers() {}

  /** True for this box itself. */
  static boolean isThisBox(InetAddress remote, InetAddress local) {
    return remote.isLoopbackAddress() || remote.equals(local);
  }

  /**
   * True for a device on the link that the connection came in by: whoever comes over a router is
   * not at home, also where the box has a public IPv6 address.
   */
  static boolean isOnLink(InetAddress remote, InetAddress local) throws SocketException {
    NetworkInterface link = NetworkInterface.getByInetAddress(local);
    return link != null
        && link.getInterfaceAddresses().stream().anyMatch(own -> shares(own, remote));
  }

  private static boolean shares(InterfaceAddress own, InetAddress remote) {
    return samePrefix(
        own.getAddress().getAddress(), remote.getAddress(), own.getNetworkPrefixLength());
  }

  /** True where the first {@code bits} bits of two addresses of one family are equal. */
  static boolean samePrefix(byte[] one, byte[] other, int bits) {
    if (one.length != other.length || bits <= 0 || bits > one.length * 8) {
      return false;
    }
    int whole = bits / 8;
    if (!Arrays.equals(one, 0, whole, other, 0, whole)) {
      return false;
    }
    int rest = bits % 8;
    return rest == 0 || ((one[whole] ^ other[whole]) & 0xff) >> (8 - rest) == 0;
  }
}
