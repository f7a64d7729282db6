package tv.hearth.mqtt;

import java.net.URI;
import java.net.URISyntaxException;
import tv.hearth.support.net.HostPort;

/**
 * Where the broker is.
 *
 * @param host name or address literal, IPv6 without brackets; its certificate must carry it
 * @param port 1…65535
 */
record BrokerAddress(String host, int port) {
  private static final int DEFAULT_PORT = 8883;

  /** Parses {@code mqtts://HOST[:PORT]}. Nothing but TLS is spoken. */
  static BrokerAddress parse(String text) {
    URI uri = uri(text);
    String host = uri.getHost();
    boolean plain = uri.getRawPath() == null || uri.getRawPath().length() <= 1;
    if (!"mqtts".equals(uri.getScheme()) || host == null || !plain) {
      throw refused(text, null);
    }
    int port = uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort();
    if (port < 1 || port > 65_535) {
      throw refused(text, null);
    }
    return new BrokerAddress(HostPort.bare(host), port);
  }

  /** As Paho wants it. */
  String uri() {
    return new HostPort(host, port).url("ssl");
  }

  @Override
  public String toString() {
    return "mqtts" + uri().substring(3);
  }

  private static URI uri(String text) {
    try {
      return new URI(text.strip());
    } catch (URISyntaxException e) {
      throw refused(text, e);
    }
  }

  private static IllegalArgumentException refused(String text, Exception cause) {
    return new IllegalArgumentException(
        "tv.hearth.mqtt: broker = '" + text + "': must be mqtts://HOST:PORT", cause);
  }
}
