package tv.hearth.support.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.util.Optional;
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
  private final Optional<InetAddress> to;
  private Socket socket;
  private boolean over;

  /**
   * Time begins now.
   *
   * @param timer runs while the exchange blocks
   */
  public Deadline(SSLSocketFactory tls, ScheduledExecutorService timer, long millis) {
    this(tls, timer, millis, Optional.empty());
  }

  /**
   * Time begins now; connections go to one address of those behind the name, which stays the name
   * that the server is asked by (SNI, Host).
   *
   * @param to the address; empty: whichever is asked for
   */
  public Deadline(
      SSLSocketFactory tls, ScheduledExecutorService timer, long millis, Optional<InetAddress> to) {
    this.tls = tls;
    this.to = to;
    this.end = timer.schedule(this::expire, millis, TimeUnit.MILLISECONDS);
  }

  /** The time is over, or nobody waits for the answer any more. */
  public synchronized void expire() {
    over = true;
    release();
  }

  private void release() {
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
  public Socket createSocket() {
    Socket plain = to.isPresent() ? new Directed(to.get()) : new Socket();
    own(plain);
    return plain;
  }

  private synchronized void own(Socket plain) {
    socket = plain;
    if (over) {
      release();
    }
  }

  /** Connects to one address, whichever the JVM has found first behind the name. */
  private static final class Directed extends Socket {
    private final InetAddress to;

    Directed(InetAddress to) {
      this.to = to;
    }

    @Override
    public void connect(SocketAddress asked, int timeoutMillis) throws IOException {
      int port = ((InetSocketAddress) asked).getPort();
      super.connect(new InetSocketAddress(to, port), timeoutMillis);
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
