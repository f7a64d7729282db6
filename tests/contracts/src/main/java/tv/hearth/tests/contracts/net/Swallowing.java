package tv.hearth.tests.contracts.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/**
 * An address of loopback that swallows whoever connects, as one does behind which nothing lives:
 * its listener's queue is full and nobody takes anything out of it.
 */
public final class Swallowing implements AutoCloseable {
  /** More than any system lets wait behind a queue of one. */
  private static final int MOST = 16;

  private final ServerSocket listener;
  private final List<SocketChannel> waiting = new ArrayList<>();

  /** At that address. */
  public Swallowing(InetAddress address, int port) throws IOException {
    listener = new ServerSocket(port, 1, address);
    while (waiting.size() < MOST) {
      SocketChannel one = SocketChannel.open();
      waiting.add(one);
      one.configureBlocking(false);
      one.connect(new InetSocketAddress(address, port));
    }
  }

  @Override
  public void close() throws IOException {
    for (SocketChannel one : waiting) {
      one.close();
    }
    listener.close();
  }
}
