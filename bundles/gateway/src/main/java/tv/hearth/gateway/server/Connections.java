package tv.hearth.gateway.server;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The open connections, bounded: {@link Seats} says who is served, and who makes room. Used on the
 * event loop alone.
 */
final class Connections {
  /** That many beyond the bound are told so; others are closed without a word. */
  private static final int TOLD = 8;

  private final Seats seats;
  private final int most;
  private final Books books;
  private final Map<Channel, Place> open = new HashMap<>();
  private Runnable drained;

  Connections(int most, Books books) {
    this.most = most;
    this.seats = new Seats(most);
    this.books = books;
  }

  /** How a new connection is received. */
  enum Welcome {
    /** Served. */
    IN,
    /** Told that there is no room. */
    FULL,
    /** Closed: not from this home, or far too many. */
    AWAY
  }

  Welcome enter(Channel channel) {
    Welcome welcome = judge(channel);
    if (welcome != Welcome.IN) {
      books.refusedConnection();
    }
    if (welcome != Welcome.AWAY) {
      books.open(open.size());
      channel.closeFuture().addListener(closed -> left(channel));
    }
    return welcome;
  }

  /** The place of one that was not sent away. */
  Place place(Channel channel) {
    return open.get(channel);
  }

  private void left(Channel channel) {
    Place place = open.remove(channel);
    if (place != null) {
      seats.leave(place);
      books.open(open.size());
    }
    if (open.isEmpty() && drained != null) {
      drained.run();
    }
  }

  /** Has all close once they are done with what they answer; then runs {@code empty}. */
  void drain(Runnable empty) {
    drained = empty;
    if (open.isEmpty()) {
      empty.run();
    }
    List.copyOf(open.keySet())
        .forEach(each -> each.pipeline().fireUserEventTriggered(Connection.DRAIN));
  }

  private Welcome judge(Channel channel) {
    InetAddress remote = address(channel.remoteAddress());
    InetAddress local = address(channel.localAddress());
    if (remote == null || local == null) {
      return Welcome.AWAY;
    }
    boolean own = Peers.isThisBox(remote, local);
    if (!own && !isAtHome(remote, local)) {
      return Welcome.AWAY;
    }
    long now = System.nanoTime();
    Place place = new Place(remote, own, now);
    Seats.Verdict verdict = seats.enter(place, now);
    if (verdict.leaves() != null) {
      close(verdict.leaves());
    }
    if (!verdict.served() && open.size() >= most + TOLD) {
      return Welcome.AWAY;
    }
    open.put(channel, place);
    return verdict.served() ? Welcome.IN : Welcome.FULL;
  }

  /** A channel leaves the books while it closes, before this returns. */
  private void close(Place leaves) {
    for (Map.Entry<Channel, Place> each : open.entrySet()) {
      if (each.getValue() == leaves) {
        Channel channel = each.getKey();
        books.madeRoom();
        left(channel);
        channel.close();
        return;
      }
    }
  }

  private static boolean isAtHome(InetAddress remote, InetAddress local) {
    try {
      return Peers.isOnLink(remote, local);
    } catch (SocketException e) {
      System.getLogger(Connections.class.getName())
          .log(System.Logger.Level.WARNING, "the box's own network can't be told", e);
      return false;
    }
  }

  private static InetAddress address(Object address) {
    return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }
}
