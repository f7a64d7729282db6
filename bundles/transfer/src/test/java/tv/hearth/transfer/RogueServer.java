package tv.hearth.transfer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** A box that answers as a test wishes. */
final class RogueServer implements AutoCloseable {
  private static final long DRIP_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private final SSLServerSocket server;
  private final Script script;
  private final List<SSLSocket> sockets = new CopyOnWriteArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final Thread thread;

  /** What it does on a connection, after the handshake. */
  interface Script {
    void serve(Talk talk) throws IOException;
  }

  /** A connection. */
  record Talk(InputStream in, OutputStream out, BufferedReader lines) {
    /** Reads a request's head; returns its first line, or null at the end. */
    String head() throws IOException {
      String first = lines.readLine();
      String line = first;
      while (line != null && !line.isEmpty()) {
        line = lines.readLine();
      }
      return first;
    }

    /** A little, and a while until the next: so slow that it is more than minutes to any end. */
    void drip(String little) throws IOException {
      say(little);
      LockSupport.parkNanos(DRIP_NANOS);
    }

    void say(String text) throws IOException {
      out.write(text.getBytes(StandardCharsets.ISO_8859_1));
      out.flush();
    }

    /** Until the other side closes. */
    void waitForEnd() throws IOException {
      while (lines.read() >= 0) {
        continue;
      }
    }
  }

  RogueServer(SSLContext context, Script script) throws IOException {
    this.script = script;
    server =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
    server.setNeedClientAuth(true);
    thread = new Thread(this::accept, "rogue");
    thread.start();
  }

  int port() {
    return server.getLocalPort();
  }

  int connections() {
    return connections.get();
  }

  private void accept() {
    try {
      while (!server.isClosed()) {
        SSLSocket socket = (SSLSocket) server.accept();
        sockets.add(socket);
        new Thread(() -> serve(socket), "rogue-connection").start();
      }
    } catch (IOException e) {
      if (!server.isClosed()) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  private void serve(SSLSocket socket) {
    try (socket) {
      socket.startHandshake();
      connections.incrementAndGet();
      InputStream in = socket.getInputStream();
      script.serve(
          new Talk(
              in,
              socket.getOutputStream(),
              new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1))));
    } catch (IOException e) {
      // The other side went: that is what most of these tests provoke.
      return;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SSLSocket socket : sockets) {
      socket.close();
    }
  }
}
