package tv.hearth.transfer;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.support.record.EndpointRecord;

/** What this box announces of where it listens. */
final class LocalAddresses {
  private LocalAddresses() {}

  /**
   * Endpoints for neighbours.
   *
   * @param announce a host from the configuration, or empty
   */
  static List<Endpoint> endpoints(String announce, InetSocketAddress listen, int port) {
    if (!announce.isBlank()) {
      return List.of(named(announce.trim(), port));
    }
    InetAddress address = listen.getAddress();
    if (address != null && !address.isAnyLocalAddress()) {
      return List.of(of(address, port));
    }
    return interfaces(port, address instanceof Inet4Address);
  }

  private static Endpoint named(String host, int port) {
    if (host.indexOf(':') >= 0) {
      return new Endpoint("direct6", host, port);
    }
    boolean literal = host.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    return new Endpoint(literal ? "direct4" : "dns", host, port);
  }

  private static Endpoint of(InetAddress address, int port) {
    String host = address.getHostAddress();
    int zone = host.indexOf('%');
    boolean six = address instanceof Inet6Address;
    return new Endpoint(
        six ? "direct6" : "direct4", zone < 0 ? host : host.substring(0, zone), port);
  }

  /** Addresses that others can use: IPv6 first, as the service network is assumed to have it. */
  private static List<Endpoint> interfaces(int port, boolean fourOnly) {
    List<Endpoint> six = new ArrayList<>();
    List<Endpoint> four = new ArrayList<>();
    try {
      for (NetworkInterface link : NetworkInterface.networkInterfaces().toList()) {
        if (link.isUp() && !link.isLoopback()) {
          link.inetAddresses()
              .filter(address -> !address.isLinkLocalAddress() && !address.isMulticastAddress())
              .forEach(a -> (a instanceof Inet6Address ? six : four).add(of(a, port)));
        }
      }
    } catch (SocketException e) {
      System.getLogger(LocalAddresses.class.getName())
          .log(System.Logger.Level.WARNING, "can't list this box's addresses: set announce", e);
    }
    List<Endpoint> all = new ArrayList<>(fourOnly ? List.of() : six);
    all.addAll(four);
    return List.copyOf(all.subList(0, Math.min(all.size(), EndpointRecord.MOST)));
  }
}
