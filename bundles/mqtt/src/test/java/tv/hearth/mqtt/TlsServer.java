package tv.hearth.mqtt;

import java.io.IOException;
import java.net.InetAddress;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Something that speaks TLS where a broker is expected, and then says what it likes. */
final class TlsServer implements AutoCloseable {
  private final SSLServerSocket socket;
  private final Thread thread;
  private final byte[] words;
  private final AtomicInteger visits = new AtomicInteger();

  TlsServer(SSLContext tls, byte... words) throws IOException {
    this.words = words.clone();
    socket =
        (SSLServerSocket)
            tls.getServerSocketFactory().createServerSocket(0, 5, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(true);
    thread = new Thread(this::run, "tls-server");
    thread.setDaemon(true);
    thread.start();
  }

  int visits() {
    return visits.get();
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void run() {
    while (!socket.isClosed()) {
      try (SSLSocket client = (SSLSocket) socket.accept()) {
        visits.incrementAndGet();
        client.startHandshake();
        client.getOutputStream().write(words);
        client.getOutputStream().flush();
        client.getInputStream().transferTo(java.io.OutputStream.nullOutputStream());
      } catch (IOException e) {
        continue; // a client that turned away is what the test is about
      }
    }
  }
}
