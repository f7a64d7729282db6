package tv.hearth.support.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One connection to the first of some addresses that answers: each is tried a quarter of a second
 * after the one before it, or as soon as that has failed, and goes on meanwhile (RFC 8305, section
 * 5). So a dead address, or a dead family, costs a quarter of a second and not a timeout. For one
 * use; thread-safe.
 */
public final class Dial implements AutoCloseable {
  private final Supplier<Socket> sockets;
  private final List<Socket> open = new ArrayList<>();
  private Socket winner;
  private IOException failure;
  private int running;
  private boolean closed;

  /** With plain sockets. */
  public Dial() {
    this(Socket::new);
  }

  /** With sockets of the caller's. */
  public Dial(Supplier<Socket> sockets) {
    this.sockets = sockets;
  }

  /**
   * Connects; blocks.
   *
   * @param timeoutMillis for each address
   * @throws IOException the last failure, where none answers
   */
  public Socket connect(List<InetAddress> order, int port, int timeoutMillis) throws IOException {
    if (order.isEmpty()) {
      throw new IOException("no address to connect to");
    }
    if (order.size() == 1) {
      attempt(opened(), new InetSocketAddress(order.get(0), port), timeoutMillis);
      return won();
    }
    for (InetAddress address : order) {
      Socket socket = opened();
      InetSocketAddress target = new InetSocketAddress(address, port);
      Thread thread =
          new Thread(() -> attempt(socket, target, timeoutMillis), "hearth-connect " + address);
      thread.setDaemon(true);
      thread.start();
      if (settled(Stagger.DELAY_MILLIS)) {
        return won();
      }
    }
    awaitEnd();
    return won();
  }

  private synchronized Socket opened() throws IOException {
    if (closed) {
      throw new IOException("closed while it was connecting");
    }
    Socket socket = sockets.get();
    open.add(socket);
    running++;
    return socket;
  }

  private void attempt(Socket socket, InetSocketAddress target, int timeoutMillis) {
    IOException problem = null;
    try {
      socket.connect(target, timeoutMillis);
    } catch (IOException e) {
      problem = e;
    }
    ended(socket, problem);
  }

  private synchronized void ended(Socket socket, IOException problem) {
    running--;
    if (problem == null && winner == null && !closed) {
      winner = socket;
      open.stream().filter(other -> other != socket).forEach(Dial::end);
    } else {
      end(socket);
      failure = problem != null && winner == null ? problem : failure;
    }
    notifyAll();
  }

  /** True where one answered; returns early, too, where no attempt is left. */
  private synchronized boolean settled(long millis) throws IOException {
    long end = System.nanoTime() / 1_000_000 + millis;
    long left = millis;
    while (winner == null && running > 0 && left > 0) {
      pause(left);
      left = end - System.nanoTime() / 1_000_000;
    }
    return winner != null;
  }

  private synchronized void awaitEnd() throws IOException {
    while (winner == null && running > 0) {
      pause(0);
    }
  }

  private void pause(long millis) throws IOException {
    try {
      wait(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      close();
      throw new IOException("interrupted while it was connecting", e);
    }
  }

  private synchronized Socket won() throws IOException {
    if (winner != null && !closed) {
      return winner;
    }
    throw failure != null ? failure : new IOException("closed while it was connecting");
  }

  private static void end(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      System.getLogger(Dial.class.getName())
          .log(System.Logger.Level.DEBUG, "a socket did not close cleanly", e);
    }
  }

  /** Ends all attempts, and the connection that came of them. */
  @Override
  public synchronized void close() {
    closed = true;
    open.forEach(Dial::end);
    notifyAll();
  }
}
