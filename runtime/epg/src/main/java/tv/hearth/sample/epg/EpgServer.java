package tv.hearth.sample.epg;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The page's server; on loopback, as a box shows its own EPG. One thread that never waits for a
 * single visitor: whoever asks half a request holds up nobody, and where too many are there the one
 * that came first goes.
 */
final class EpgServer implements AutoCloseable {
  static final int MOST_VISITS = 32;
  private static final int BACKLOG = 64;
  private static final long VISIT_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 1000;
  private static final long CLOSE_MILLIS = 200;
  private static final System.Logger LOG = System.getLogger(EpgServer.class.getName());

  private final PageDesk desk;
  private final Selector selector;
  private final ServerSocketChannel server;
  private final Thread thread = new Thread(this::run, "sample-epg");

  private volatile boolean closed;

  /** Of each visit, when it began; in that order. Of the thread alone. */
  private final Map<SelectionKey, Long> visits = new LinkedHashMap<>();

  /** Where this machine reaches itself: 127.0.0.1, or ::1 where it has no other loopback. */
  static InetAddress loopback() throws IOException {
    InetAddress four = InetAddress.getByName("127.0.0.1");
    return NetworkInterface.getByInetAddress(four) == null ? InetAddress.getByName("::1") : four;
  }

  /**
   * Listens.
   *
   * @param address a loopback one
   * @param gateway gives null where there is none
   */
  EpgServer(InetAddress address, int port, Supplier<URI> gateway, Viewing viewing)
      throws IOException {
    desk = new PageDesk(gateway, viewing, System::nanoTime);
    server = ServerSocketChannel.open();
    try {
      server.bind(new InetSocketAddress(address, port), BACKLOG);
      server.configureBlocking(false);
      selector = Selector.open();
      server.register(selector, SelectionKey.OP_ACCEPT);
    } catch (BindException e) {
      server.close();
      throw new IOException("port " + port + " is in use: set the sample EPG's port to another", e);
    }
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return server.socket().getLocalPort();
  }

  private void run() {
    try (selector;
        server) {
      while (!closed) {
        selector.select(LOOK_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
          serve(key);
        }
        selector.selectedKeys().clear();
        endThoseBefore(System.nanoTime() - VISIT_NANOS);
      }
      List.copyOf(visits.keySet()).forEach(this::end);
    } catch (IOException e) {
      throw new UncheckedIOException("the EPG's page is served no more: start its bundle again", e);
    }
  }

  private void serve(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    try {
      if (key.isAcceptable()) {
        accept();
        return;
      }
      PageVisit visit = (PageVisit) key.attachment();
      boolean writes = key.isReadable() ? visit.read() : !visit.write();
      key.interestOps(writes ? SelectionKey.OP_WRITE : SelectionKey.OP_READ);
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "a visit ends", e);
      end(key);
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    if (visits.size() >= MOST_VISITS) {
      end(visits.keySet().iterator().next());
    }
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    key.attach(new PageVisit(channel, desk));
    visits.put(key, System.nanoTime());
  }

  private void endThoseBefore(long nanos) {
    List.copyOf(visits.entrySet()).stream()
        .filter(each -> each.getValue() - nanos < 0)
        .forEach(each -> end(each.getKey()));
  }

  /** The listening socket's own key is no visit: a connection that failed to come in ends alone. */
  private void end(SelectionKey key) {
    if (visits.remove(key) == null) {
      return;
    }
    try {
      ((PageVisit) key.attachment()).close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a visit did not end well", e);
    }
  }

  @Override
  public void close() {
    closed = true;
    selector.wakeup();
    try {
      thread.join(CLOSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
