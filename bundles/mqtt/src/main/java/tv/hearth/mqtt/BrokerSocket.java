package tv.hearth.mqtt;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.eclipse.paho.mqttv5.client.internal.NetworkModule;
import tv.hearth.support.net.Addresses;
import tv.hearth.support.net.Dial;

/**
 * The TLS connection under one MQTT connection. Boxes have server certificates too, so the chain
 * alone does not make a broker: its certificate must name the host that was asked for.
 */
final class BrokerSocket implements NetworkModule {
  private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

  private final BrokerAddress address;
  private final SSLContext tls;
  private final int timeoutMillis;
  private final int mostPacket;
  private final Addresses addresses;
  private final Dial dial = new Dial();
  private final SpeakFirst order = new SpeakFirst();
  private volatile SSLSocket secure;

  /** With what is known of the addresses behind the broker's name. */
  BrokerSocket(
      BrokerAddress address,
      Addresses addresses,
      SSLContext tls,
      int timeoutMillis,
      int mostPacket) {
    this.address = address;
    this.addresses = addresses;
    this.tls = tls;
    this.timeoutMillis = timeoutMillis;
    this.mostPacket = mostPacket;
  }

  @Override
  public void start() throws IOException {
    Socket raw = dial.connect(addresses.behind(address.host()), address.port(), timeoutMillis);
    raw.setTcpNoDelay(true);
    raw.setSoTimeout(timeoutMillis);
    SSLSocket socket =
        (SSLSocket) tls.getSocketFactory().createSocket(raw, address.host(), address.port(), true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    parameters.setProtocols(PROTOCOLS);
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    raw.setSoTimeout(0);
    addresses.wasGood(raw.getInetAddress());
    secure = socket;
  }

  @Override
  public InputStream getInputStream() throws IOException {
    return new PacketLimit(order.reading(secure.getInputStream()), mostPacket);
  }

  @Override
  public OutputStream getOutputStream() throws IOException {
    return order.writing(secure.getOutputStream());
  }

  /** Paho has given up: nobody will speak any more. */
  @Override
  public void stop() {
    dial.close();
    order.release();
  }

  /** Closes the TCP connection under TLS, which ends a blocked connect, read or write at once. */
  void abort() {
    dial.close();
  }

  @Override
  public String getServerURI() {
    return address.uri();
  }
}
