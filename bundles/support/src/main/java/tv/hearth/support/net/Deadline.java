package tv.hearth.support.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocketFactory;

/**
 * Makes TLS sockets for one exchange and closes them when its time is over, whatever the peer does:
 * timeouts on single reads don't end a peer that sends a byte a second.
 */
public final class Deadline extends SSLSocketFactory implements AutoCloseable {
  private final SSLSocketFactory tls;
  private final ScheduledFuture<?> end;
  private Dial dial;
  private Socket dialled;
  private InetAddress to;
  private Socket socket;
  private boolean over;

  /**
   * Time begins now.
   *
   * @param timer runs while the exchange blocks
   */
  public Deadline(SSLSocketFactory tls, ScheduledExecutorService timer, long millis) {
    this.tls = tls;
    this.end = timer.schedule(this::expire, millis, TimeUnit.MILLISECONDS);
  }

  /**
   * Connects to the first of some addresses that answers ({@link Dial}); blocks. The exchange that
   * follows goes there, whatever address the JVM finds behind the name, which stays the name that
   * the server is asked by (SNI, Host). May be called again, for the next exchange.
   *
   * @param timeoutMillis for each address
   * @return the one that answered
   * @throws IOException where none does, or the time is over
   */
  public InetAddress dial(List<InetAddress> order, int port, int timeoutMillis) throws IOException {
    Dial fresh = new Dial(Directed::new);
    begin(fresh);
    Socket won = fresh.connect(order, port, timeoutMillis);
    synchronized (this) {
      dialled = won;
      to = won.getInetAddress();
      return to;
    }
  }

  private synchronized void begin(Dial fresh) {
    release();
    dial = fresh;
    if (over) {
      release();
    }
  }

  /** The time is over, or nobody waits for the answer any more. */
  public synchronized void expire() {
    over = true;
    release();
  }

  private void release() {
    if (dial != null) {
      dial.close();
    }
    if (socket != null) {
      try {
        socket.close();
      } catch (IOException e) {
        System.getLogger(Deadline.class.getName())
            .log(System.Logger.Level.DEBUG, "a socket did not close cleanly", e);
      }
    }
  }

  /** True where the exchange was cut because its time was over. */
  public synchronized boolean isOver() {
    return over;
  }

  @Override
  public synchronized void close() {
    end.cancel(false);
    release();
  }

  @Override
  public Socket createSocket(Socket plain, String host, int port, boolean autoClose)
      throws IOException {
    own(plain);
    return tls.createSocket(plain, host, port, autoClose);
  }

  /** The plain socket under TLS, which {@code HttpsURLConnection} connects by itself. */
  @Override
  public synchronized Socket createSocket() {
    Socket plain = dialled != null ? dialled : to != null ? new Directed(to) : new Socket();
    // A second connection of the same exchange, as after one that was cut, is made anew.
    dialled = null;
    own(plain);
    return plain;
  }

  private synchronized void own(Socket plain) {
    socket = plain;
    if (over) {
      release();
    }
  }

  /** Stays connected to where it was dialled, or goes where it is told to, whatever is asked. */
  private static final class Directed extends Socket {
    private final InetAddress to;

    /** To be dialled. */
    Directed() {
      this(null);
    }

    Directed(InetAddress to) {
      this.to = to;
    }

    @Override
    public void connect(SocketAddress asked, int timeoutMillis) throws IOException {
      InetSocketAddress at = (InetSocketAddress) asked;
      if (!isConnected()) {
        super.connect(to == null ? at : new InetSocketAddress(to, at.getPort()), timeoutMillis);
      }
    }
  }

  @Override
  public String[] getDefaultCipherSuites() {
    return tls.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  @Override
  public Socket createSocket(String host, int port) throws IOException {
    throw layered();
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress local, int localPort)
      throws IOException {
    throw layered();
  }

  @Override
  public Socket createSocket(InetAddress host, int port) throws IOException {
    throw layered();
  }

  @Override
  public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort)
      throws IOException {
    throw layered();
  }

  private static IOException layered() {
    return new IOException("only layered sockets are made here");
  }
}
