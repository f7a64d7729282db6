package tv.hearth.transfer.net;

import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;
import tv.hearth.support.net.Addresses;

/**
 * Connections to one neighbour, in the foreground or in the background (they differ by the mark in
 * their packets), and the calls that wait for one. On the callers' loop.
 */
final class Peer {
  private final Calls calls;
  private final BoxId box;
  private final boolean background;
  private final Deque<Outbound> idle = new ArrayDeque<>();
  private final Set<Outbound> open = new HashSet<>();
  private final Deque<Pending> waiting = new ArrayDeque<>();
  private final Addresses addresses = new Addresses();
  private int dialing;
  private boolean resting;
  private Endpoint lastGood;

  Peer(Calls calls, BoxId box, boolean background) {
    this.calls = calls;
    this.box = box;
    this.background = background;
  }

  BoxId box() {
    return box;
  }

  boolean isBackground() {
    return background;
  }

  int connections() {
    return open.size() + dialing;
  }

  boolean isForgettable() {
    return connections() == 0 && waiting.isEmpty();
  }

  /** The endpoint that worked last goes first while it is still announced. */
  List<Endpoint> order(List<Endpoint> announced) {
    List<Endpoint> order = new ArrayList<>(announced);
    if (lastGood != null && order.remove(lastGood)) {
      order.add(0, lastGood);
    }
    return order;
  }

  /** What is known of the addresses behind its names. */
  Addresses addresses() {
    return addresses;
  }

  void submit(Pending pending) {
    waiting.add(pending);
    serve();
  }

  /** Gives waiting calls to idle connections; dials where there are too few. */
  void serve() {
    waiting.removeIf(Pending::isDone);
    while (!waiting.isEmpty() && !idle.isEmpty()) {
      Outbound connection = idle.pollLast();
      if (connection.isOpen()) {
        connection.begin(waiting.poll());
      }
    }
    while (!resting && dialing < waiting.size() && calls.mayDial(this)) {
      dialing++;
      calls.dial(this);
    }
  }

  void dialed(Outbound connection, Endpoint endpoint, InetAddress address) {
    dialing--;
    lastGood = endpoint;
    addresses.wasGood(address);
    open.add(connection);
    calls.node().meters().outbound(1);
    idle(connection);
  }

  void notDialed(Problem problem, String why, Throwable cause) {
    dialing--;
    Pending pending = waiting.peek();
    if (pending != null && problem == Problem.UNREACHABLE && calls.isMoving()) {
      resting = true;
      calls.later(this::rested);
    } else if (pending != null) {
      waiting.poll();
      calls.complete(pending, null, pending.failure(problem, why, cause));
    }
    calls.freed();
  }

  private void rested() {
    resting = false;
    serve();
  }

  private void idle(Outbound connection) {
    idle.add(connection);
    serve();
    if (idle.contains(connection)) {
      calls.freed();
    }
  }

  void answered(Pending pending, Answer answer, Outbound reusable) {
    calls.complete(pending, answer, null);
    if (reusable != null && reusable.isOpen()) {
      idle(reusable);
    }
  }

  void failed(Pending pending, TransferException failure) {
    calls.complete(pending, null, failure);
  }

  /** Once more, before those that came later. */
  void again(Pending pending) {
    waiting.addFirst(pending);
    serve();
  }

  void gone(Outbound connection) {
    idle.remove(connection);
    if (open.remove(connection)) {
      calls.node().meters().outbound(-1);
      calls.freed();
    }
  }

  /** This box's ends of the connections, as they are announced to the network. */
  Stream<InetAddress> ends() {
    return open.stream().filter(Outbound::isOpen).map(Outbound::from);
  }

  /** That address of this box is gone, and what was connected from there. */
  void lost(InetAddress address) {
    open.stream()
        .filter(connection -> connection.isOpen() && connection.from().equals(address))
        .toList()
        .forEach(Outbound::lost);
  }

  /** The connection that is idle longest, or null. */
  Outbound oldestIdle() {
    return idle.peekFirst();
  }

  void evict(Outbound connection) {
    idle.remove(connection);
    connection.cancel();
  }

  void tick(long now) {
    new ArrayList<>(open).forEach(connection -> connection.tick(now));
    for (Pending pending : waiting) {
      if (pending.isLate(now)) {
        calls.complete(pending, null, pending.failure(Problem.TIMEOUT, "no connection free", null));
      }
    }
    waiting.removeIf(Pending::isDone);
  }

  void close() {
    new ArrayList<>(open).forEach(Outbound::cancel);
  }
}
