package tv.hearth.transfer.net;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import tv.hearth.api.transfer.TransferException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.BoxId;

/**
 * Calls to neighbours over a bounded pool of connections. {@link #call} from any thread, the rest
 * on the callers' loop; futures complete on short-work threads.
 */
public final class Calls {
  private static final int MOST_PENDING = 512;
  private static final long REST_MILLIS = 500;

  private final Node node;
  private final Dialer dialer;
  private final Map<Key, Peer> peers = new LinkedHashMap<>();
  private final Set<Pending> pending = new HashSet<>();
  private boolean closed;
  private long movingUntil = System.nanoTime();

  /** Starts its timer. */
  public Calls(Node node) {
    this.node = node;
    this.dialer = new Dialer(node);
    node.engine().clientLoop().scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private record Key(BoxId box, boolean background) {}

  Node node() {
    return node;
  }

  /** Asks a neighbour; cancelling the future ends the request. */
  CompletableFuture<Answer> call(Call call) {
    Pending next = new Pending(call, System.nanoTime() + node.settings().total().toNanos());
    loop(() -> begin(next), () -> next.future().completeExceptionally(stopped(next)));
    next.future()
        .whenComplete(
            (answer, failure) -> {
              if (next.future().isCancelled()) {
                loop(() -> cancelled(next), () -> {});
              }
            });
    return next.future();
  }

  private void loop(Runnable task, Runnable ended) {
    try {
      node.engine().clientLoop().execute(task);
    } catch (RejectedExecutionException e) {
      ended.run();
    }
  }

  private void begin(Pending next) {
    if (closed) {
      complete(next, null, stopped(next));
    } else if (pending.size() >= MOST_PENDING) {
      complete(next, null, next.failure(Problem.BUSY, "too many calls at once", null));
    } else if (!next.future().isDone()) {
      pending.add(next);
      Key key = new Key(next.call().peer(), next.call().traffic().isBackground());
      peers.computeIfAbsent(key, k -> new Peer(this, k.box(), k.background())).submit(next);
    }
  }

  private void cancelled(Pending call) {
    pending.remove(call);
    Outbound connection = call.connection();
    if (call.finish() && connection != null) {
      connection.cancel();
    }
  }

  /** Completes a call, elsewhere than on this loop. */
  void complete(Pending call, Answer answer, TransferException failure) {
    pending.remove(call);
    if (!call.finish()) {
      return;
    }
    count(answer, failure);
    Runnable done =
        () -> {
          if (failure == null) {
            call.future().complete(answer);
          } else {
            call.future().completeExceptionally(failure);
          }
        };
    try {
      node.engine().quick().execute(done);
    } catch (RejectedExecutionException e) {
      done.run();
    }
  }

  private void count(Answer answer, TransferException failure) {
    if (failure != null) {
      node.meters().failed(failure.problem());
    } else if (answer.status() / 100 == 2) {
      node.meters().called();
    } else {
      node.meters().failed(answer.problem());
    }
  }

  private static TransferException stopped(Pending call) {
    return call.failure(Problem.STOPPED, "this box's transfer is being stopped", null);
  }

  /**
   * True where the peer, and the whole, may have one connection more. Idle ones make room for a
   * peer's first; closing them for a second would cost more handshakes than it saves waiting.
   */
  boolean mayDial(Peer peer) {
    if (peer.connections() >= node.settings().peerConnections()) {
      return false;
    }
    if (connections() < node.settings().outbound()) {
      return true;
    }
    if (peer.connections() > 0) {
      return false;
    }
    Peer other =
        peers.values().stream()
            .filter(p -> p.oldestIdle() != null)
            .min(Comparator.comparingLong(p -> p.oldestIdle().since()))
            .orElse(null);
    if (other == null) {
      return false;
    }
    other.evict(Objects.requireNonNull(other.oldestIdle()));
    // Its place is free once it is closed; freed() then asks again.
    return connections() < node.settings().outbound();
  }

  private int connections() {
    return peers.values().stream().mapToInt(Peer::connections).sum();
  }

  void dial(Peer peer) {
    dialer.dial(peer);
  }

  /** A place is free, or a connection idle: others may wait for it. */
  void freed() {
    if (!closed) {
      new ArrayList<>(peers.values()).forEach(Peer::serve);
    }
  }

  /** This box's ends of all connections. On the loop. */
  Set<InetAddress> ends() {
    return peers.values().stream().flatMap(Peer::ends).collect(Collectors.toSet());
  }

  /**
   * That address is not this box's any more: connections from there are closed, calls under way
   * begin again on new ones. As neighbours that move with it are not found at once, those that
   * can't be reached are tried again and again for as long as an answer is waited for. On the loop.
   */
  void lost(InetAddress address) {
    movingUntil = System.nanoTime() + node.settings().answer().toNanos();
    new ArrayList<>(peers.values()).forEach(peer -> peer.lost(address));
  }

  /** True for a while after this box has lost an address. */
  boolean isMoving() {
    return !closed && movingUntil - System.nanoTime() > 0;
  }

  /** In a moment, on the loop. */
  void later(Runnable task) {
    node.engine().clientLoop().schedule(task, REST_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    long now = System.nanoTime();
    new ArrayList<>(peers.values()).forEach(peer -> peer.tick(now));
    for (Pending call : new ArrayList<>(pending)) {
      if (call.isLate(now)) {
        Outbound connection = call.connection();
        complete(call, null, call.failure(Problem.TIMEOUT, "not done in time", null));
        if (connection != null) {
          connection.cancel();
        }
      }
    }
    peers.values().removeIf(Peer::isForgettable);
  }

  /** Calls under way. On the loop. */
  int pending() {
    return pending.size();
  }

  /** Ends all calls with STOPPED and closes all connections. On the loop. */
  void close() {
    closed = true;
    for (Pending call : new ArrayList<>(pending)) {
      complete(call, null, stopped(call));
    }
    peers.values().forEach(Peer::close);
  }
}
