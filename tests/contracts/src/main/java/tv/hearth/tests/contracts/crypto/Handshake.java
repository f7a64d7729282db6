package tv.hearth.tests.contracts.crypto;

import java.io.IOException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** One mutual TLS handshake on loopback, and a byte each way so that both sides know its end. */
public final class Handshake {
  private static final int MILLIS = 10_000;

  private Handshake() {}

  /**
   * Runs it.
   *
   * @return the leaf that the server saw, then the leaf that the client saw
   * @throws IOException as the side that refused threw it
   */
  public static X509Certificate[] between(SSLContext server, SSLContext client, String protocol)
      throws Exception {
    try (SSLServerSocket listener =
        (SSLServerSocket)
            server
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listener.setNeedClientAuth(true);
      listener.setSoTimeout(MILLIS);
      CompletableFuture<X509Certificate> accepted = new CompletableFuture<>();
      Thread thread = new Thread(() -> serve(listener, accepted), "handshake");
      thread.setDaemon(true);
      thread.start();
      try (SSLSocket socket =
          (SSLSocket)
              client
                  .getSocketFactory()
                  .createSocket(InetAddress.getLoopbackAddress(), listener.getLocalPort())) {
        socket.setEnabledProtocols(new String[] {protocol});
        X509Certificate seen = exchange(socket);
        return new X509Certificate[] {accepted.get(MILLIS, TimeUnit.MILLISECONDS), seen};
      } catch (IOException e) {
        throw refusal(accepted, e);
      } finally {
        thread.join(MILLIS);
      }
    }
  }

  private static void serve(SSLServerSocket listener, CompletableFuture<X509Certificate> accepted) {
    try (SSLSocket socket = (SSLSocket) listener.accept()) {
      accepted.complete(exchange(socket));
    } catch (IOException e) {
      accepted.completeExceptionally(e);
    }
  }

  private static X509Certificate exchange(SSLSocket socket) throws IOException {
    socket.setSoTimeout(MILLIS);
    socket.startHandshake();
    socket.getOutputStream().write(1);
    if (socket.getInputStream().read() != 1) {
      throw new IOException("the peer closed the connection");
    }
    return (X509Certificate) socket.getSession().getPeerCertificates()[0];
  }

  /** The server's reason where it has one of its own; else the client's. */
  private static IOException refusal(CompletableFuture<?> accepted, IOException client)
      throws Exception {
    try {
      accepted.get(MILLIS, TimeUnit.MILLISECONDS);
      return client;
    } catch (ExecutionException e) {
      client.addSuppressed(e.getCause());
      return client;
    }
  }
}
