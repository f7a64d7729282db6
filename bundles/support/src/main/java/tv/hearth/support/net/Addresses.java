package tv.hearth.support.net;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * In which order the addresses behind a name are tried: the one that was well the last time, then
 * the families by turns, IPv6 first (RFC 8305, section 4). It remembers one address. Thread-safe.
 */
public final class Addresses {
  /** More than that are not tried. */
  public static final int MOST = 8;

  private final Lookup lookup;
  private volatile Optional<InetAddress> good = Optional.empty();

  /** Finds all addresses behind a name. */
  @FunctionalInterface
  public interface Lookup {
    /** At least one; throws where there is none, or none is known now. */
    InetAddress[] all(String host) throws UnknownHostException;
  }

  /** Found as the JVM finds them. */
  public Addresses() {
    this(InetAddress::getAllByName);
  }

  /** Found by {@code lookup}. */
  public Addresses(Lookup lookup) {
    this.lookup = lookup;
  }

  /**
   * Those behind a name or literal, looked up anew, each once, as they are to be tried; blocks.
   *
   * @param host an IPv6 literal with or without brackets
   */
  public List<InetAddress> behind(String host) throws UnknownHostException {
    return inOrder(List.of(lookup.all(host)));
  }

  /** That one was well: an exchange went through, not a connection alone. */
  public void wasGood(InetAddress address) {
    good = Optional.of(address);
  }

  /** The found ones, each once, as they are to be tried. */
  public List<InetAddress> inOrder(List<InetAddress> found) {
    Deque<InetAddress> six = new ArrayDeque<>();
    Deque<InetAddress> four = new ArrayDeque<>();
    found.stream().distinct().forEach(a -> (a instanceof Inet6Address ? six : four).add(a));
    List<InetAddress> order = new ArrayList<>();
    good.filter(found::contains).ifPresent(order::add);
    while (!six.isEmpty() || !four.isEmpty()) {
      take(six, order);
      take(four, order);
    }
    return List.copyOf(order.subList(0, Math.min(MOST, order.size())));
  }

  private static void take(Deque<InetAddress> from, List<InetAddress> to) {
    InetAddress next = from.poll();
    if (next != null && !to.contains(next)) {
      to.add(next);
    }
  }
}
