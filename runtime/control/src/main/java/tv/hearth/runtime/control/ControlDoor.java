package tv.hearth.runtime.control;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * Lets requests in. One thread that waits for nobody reads all heads: whoever sends half of one
 * takes no thread and, where too many are there, goes before those that came later. Only a head
 * that is whole is handed on, with its connection.
 */
final class ControlDoor implements AutoCloseable {
  static final int MOST_WAITING = 32;
  private static final int LONGEST_HEAD = 16_384;
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long LOOK_MILLIS = 1_000;
  private static final long CLOSE_MILLIS = 200;
  private static final String END = "\r\n\r\n";
  private static final System.Logger LOG = System.getLogger(ControlDoor.class.getName());

  private final ServerSocketChannel server;
  private final Selector selector = Selector.open();
  private final BiConsumer<SocketChannel, ControlHead> inside;
  private final LongSupplier nanos;
  private final Thread thread = new Thread(this::run, "hearth-control-door");
  private volatile boolean closed;

  /** Those whose head is not whole, in the order in which they came. Of the thread alone. */
  private final Map<SelectionKey, Visitor> waiting = new LinkedHashMap<>();

  /**
   * @param server bound; closed by this
   * @param inside is given each connection, blocking, with its head; must return at once and close
   *     it
   */
  ControlDoor(
      ServerSocketChannel server, BiConsumer<SocketChannel, ControlHead> inside, LongSupplier nanos)
      throws IOException {
    this.server = server;
    this.inside = inside;
    this.nanos = nanos;
    server.configureBlocking(false);
    server.register(selector, SelectionKey.OP_ACCEPT);
    thread.setDaemon(true);
    thread.start();
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
        endThoseBefore(nanos.getAsLong() - PATIENCE_NANOS);
      }
      List.copyOf(waiting.keySet()).forEach(this::end);
    } catch (IOException e) {
      LOG.log(Level.ERROR, "no command is taken any more: start runtime.control again", e);
    }
  }

  private void serve(SelectionKey key) {
    if (!key.isValid()) {
      return;
    }
    try {
      if (key.isAcceptable()) {
        accept();
      } else {
        read(key);
      }
    } catch (IOException | RuntimeException e) {
      LOG.log(Level.DEBUG, "a request ends before its time", e);
      end(key);
    }
  }

  private void accept() throws IOException {
    SocketChannel channel = server.accept();
    if (channel == null) {
      return;
    }
    if (waiting.size() >= MOST_WAITING) {
      end(waiting.keySet().iterator().next());
    }
    channel.configureBlocking(false);
    SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
    waiting.put(key, new Visitor(channel, ByteBuffer.allocate(LONGEST_HEAD), nanos.getAsLong()));
  }

  private void read(SelectionKey key) throws IOException {
    Visitor visitor = waiting.get(key);
    int read = visitor.channel().read(visitor.head());
    String head = visitor.text();
    int length = head.indexOf(END);
    if (length >= 0) {
      waiting.remove(key);
      key.cancel();
      visitor.channel().configureBlocking(true);
      inside.accept(visitor.channel(), ControlHead.parse(head.substring(0, length)));
    } else if (read < 0 || !visitor.head().hasRemaining()) {
      end(key);
    }
  }

  private void endThoseBefore(long began) {
    List.copyOf(waiting.entrySet()).stream()
        .filter(each -> each.getValue().began() - began < 0)
        .forEach(each -> end(each.getKey()));
  }

  /**
   * The listening socket's own key is no visitor: a connection that failed to come in ends alone.
   */
  private void end(SelectionKey key) {
    Visitor visitor = waiting.remove(key);
    if (visitor == null) {
      return;
    }
    try {
      visitor.channel().close();
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "a request did not end well", e);
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

  /**
   * One that asks.
   *
   * @param began when it came, in nanoseconds
   */
  private record Visitor(SocketChannel channel, ByteBuffer head, long began) {
    String text() {
      return new String(head.array(), 0, head.position(), StandardCharsets.ISO_8859_1);
    }
  }
}
