package tv.hearth.tests.benchmarks.stage;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Bytes through one loopback connection: TLS 1.3 of the JDK, both sides with a certificate,
 * TLS_AES_128_GCM_SHA256. Sealing and opening are both in it; a thread for each end.
 */
final class TlsStage implements Stage {
  private static final String[] PROTOCOL = {"TLSv1.3"};
  private static final String[] SUITE = {"TLS_AES_128_GCM_SHA256"};
  private final SSLSocket client;
  private final SSLSocket server;
  private final byte[] out = new byte[Work.UNIT];
  private final byte[] in = new byte[Work.UNIT];

  TlsStage(Work work) throws IOException, GeneralSecurityException {
    SSLContext context = TlsContexts.make(work.folder());
    InetAddress here = InetAddress.getByName("127.0.0.1");
    try (SSLServerSocket listener =
        (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 1, here)) {
      listener.setEnabledProtocols(PROTOCOL);
      listener.setEnabledCipherSuites(SUITE);
      listener.setNeedClientAuth(true);
      client = (SSLSocket) context.getSocketFactory().createSocket(here, listener.getLocalPort());
      client.setEnabledProtocols(PROTOCOL);
      client.setEnabledCipherSuites(SUITE);
      server = (SSLSocket) listener.accept();
    }
  }

  @Override
  public void run(long bytes) throws IOException, InterruptedException {
    long whole = bytes / out.length * out.length;
    Thread sender = new Thread(() -> send(whole), "tls-sender");
    sender.start();
    DataInputStream stream = new DataInputStream(server.getInputStream());
    for (long at = 0; at < whole; at += in.length) {
      stream.readFully(in);
    }
    sender.join();
  }

  private void send(long bytes) {
    try {
      OutputStream stream = client.getOutputStream();
      for (long at = 0; at < bytes; at += out.length) {
        stream.write(out);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() throws IOException {
    client.close();
    server.close();
  }
}
