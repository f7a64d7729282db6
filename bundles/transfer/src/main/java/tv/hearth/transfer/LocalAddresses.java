package tv.hearth.transfer;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.support.net.HostPort;
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
    if (HostPort.isIpv6(host)) {
      return new Endpoint("direct6", HostPort.bare(host), port);
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

  private static List<Endpoint> interfaces(int port, boolean fourOnly) {
    List<InetAddress> found = new ArrayList<>();
    try {
      for (NetworkInterface link : NetworkInterface.networkInterfaces().toList()) {
        if (link.isUp() && !link.isLoopback()) {
          link.inetAddresses().forEach(found::add);
        }
      }
    } catch (SocketException e) {
      System.getLogger(LocalAddresses.class.getName())
          .log(System.Logger.Level.WARNING, "can't list this box's addresses: set announce", e);
    }
    return usable(found, PassingAddresses.now(), port, fourOnly);
  }

  /**
   * Addresses that others can use, in an order that does not change by itself: IPv6 first, as the
   * service network is assumed to have it.
   *
   * @param passing those that are soon no longer there
   */
  static List<Endpoint> usable(
      List<InetAddress> found, Set<InetAddress> passing, int port, boolean fourOnly) {
    return found.stream()
        .filter(each -> !each.isLinkLocalAddress() && !each.isMulticastAddress())
        .filter(each -> !each.isLoopbackAddress() && !passing.contains(PassingAddresses.bare(each)))
        .filter(each -> !fourOnly || each instanceof Inet4Address)
        .map(each -> of(each, port))
        .distinct()
        .sorted(
            Comparator.comparing((Endpoint each) -> !each.kind().equals("direct6"))
                .thenComparing(Endpoint::host))
        .limit(EndpointRecord.MOST)
        .toList();
  }
}
