package tv.hearth.gateway.server;

import io.netty.channel.Channel;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The open connections, bounded: where there are too many, the one idle longest makes room. Other
 * devices than this box have half of them each at most, so that the box's own EPG gets in. Used on
 * the event loop alone.
 */
final class Connections {
  /** That many beyond the bound are told so; others are closed without a word. */
  private static final int TOLD = 8;

  private final int most;
  private final Books books;
  private final Set<Channel> open = new LinkedHashSet<>();
  private final Set<Channel> idle = new LinkedHashSet<>();
  private Runnable drained;

  Connections(int most, Books books) {
    this.most = most;
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
      open.add(channel);
      idle.add(channel);
      books.open(open.size());
      channel.closeFuture().addListener(closed -> left(channel));
    }
    return welcome;
  }

  private void left(Channel channel) {
    open.remove(channel);
    idle.remove(channel);
    books.open(open.size());
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
    List.copyOf(open).forEach(each -> each.pipeline().fireUserEventTriggered(Connection.DRAIN));
  }

  void busy(Channel channel) {
    idle.remove(channel);
  }

  void idle(Channel channel) {
    idle.add(channel);
  }

  private Welcome judge(Channel channel) {
    InetAddress remote = address(channel.remoteAddress());
    InetAddress local = address(channel.localAddress());
    if (remote == null || local == null) {
      return Welcome.AWAY;
    }
    boolean thisBox = Peers.isThisBox(remote, local);
    if (!thisBox && (!isAtHome(remote, local) || from(remote) >= Math.max(1, most / 2))) {
      return Welcome.AWAY;
    }
    if (open.size() >= most) {
      makeRoom();
    }
    return open.size() < most
        ? Welcome.IN
        : open.size() < most + TOLD ? Welcome.FULL : Welcome.AWAY;
  }

  /** A channel leaves the sets while it closes, before this returns. */
  private void makeRoom() {
    Iterator<Channel> eldest = idle.iterator();
    if (eldest.hasNext()) {
      Channel channel = eldest.next();
      left(channel);
      channel.close();
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

  private long from(InetAddress remote) {
    return open.stream().filter(each -> remote.equals(address(each.remoteAddress()))).count();
  }

  private static InetAddress address(Object address) {
    return address instanceof InetSocketAddress inet ? inet.getAddress() : null;
  }
}
