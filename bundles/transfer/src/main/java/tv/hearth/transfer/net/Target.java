package tv.hearth.transfer.net;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.support.net.Addresses;

/**
 * One address that is dialled, and the endpoint that it stands for. Immutable.
 *
 * @param address resolved
 */
record Target(Endpoint endpoint, InetSocketAddress address) {
  /** The kind of an endpoint that is a name. */
  private static final String NAME = "dns";

  /** True where an address has to be looked up, which may take long. */
  static boolean isName(Endpoint endpoint) {
    return endpoint.kind().equals(NAME);
  }

  /**
   * What is dialled: the endpoints in their order, each name by all of its addresses, the families
   * by turns (RFC 8305, section 4), so that one that leads nowhere costs little. Those of unknown
   * kinds, and names that nobody knows now, are left out.
   *
   * @param known what was well at this neighbour
   * @param lookup finds the addresses behind names; may block
   */
  static List<Target> of(List<Endpoint> endpoints, Addresses known, Addresses.Lookup lookup) {
    List<Target> targets = new ArrayList<>();
    for (Endpoint endpoint : endpoints) {
      try {
        for (InetAddress address : addresses(endpoint, known, lookup)) {
          targets.add(new Target(endpoint, new InetSocketAddress(address, endpoint.port())));
        }
      } catch (UnknownHostException e) {
        System.getLogger(Target.class.getName())
            .log(System.Logger.Level.DEBUG, "no address for {0}", endpoint);
      }
    }
    return byTurns(targets);
  }

  private static List<Target> byTurns(List<Target> targets) {
    Deque<Target> first = new ArrayDeque<>();
    Deque<Target> second = new ArrayDeque<>();
    for (Target each : targets) {
      (each.isSix() == targets.get(0).isSix() ? first : second).add(each);
    }
    List<Target> order = new ArrayList<>();
    while (!first.isEmpty() || !second.isEmpty()) {
      Stream.of(first, second).map(Deque::poll).filter(Objects::nonNull).forEach(order::add);
    }
    return order;
  }

  private boolean isSix() {
    return address.getAddress() instanceof Inet6Address;
  }

  /** Addresses must be literals, so that none of them makes this box look up a name. */
  private static List<InetAddress> addresses(
      Endpoint endpoint, Addresses known, Addresses.Lookup lookup) throws UnknownHostException {
    String host = endpoint.host();
    boolean literal =
        switch (endpoint.kind()) {
          case "direct4" -> NetUtil.isValidIpV4Address(host);
          case "direct6" -> NetUtil.isValidIpV6Address(host);
          default -> false;
        };
    if (literal) {
      return List.of(InetAddress.getByName(host));
    }
    return isName(endpoint) ? known.inOrder(List.of(lookup.all(host))) : List.of();
  }
}
