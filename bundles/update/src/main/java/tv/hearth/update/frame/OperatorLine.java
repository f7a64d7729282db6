package tv.hearth.update.frame;

import java.io.IOException;
import java.net.URI;
import java.util.function.Supplier;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import tv.hearth.support.net.Addresses;
import tv.hearth.support.net.Dial;
import tv.hearth.support.net.HostPort;

/** Where the operator's broker is, by the configuration of the bundle that speaks with it. */
public final class OperatorLine {
  private static final String PID = "tv.hearth.mqtt";
  private static final String BROKER = "broker";
  private static final String UNKNOWN = "?";
  private static final int CONNECT_MILLIS = 3_000;

  private final Supplier<ConfigurationAdmin> configurations;
  private final Addresses addresses;

  /** By what {@code configurations} gives, which is null while there is none. */
  public OperatorLine(Supplier<ConfigurationAdmin> configurations) {
    this(configurations, new Addresses());
  }

  /** With what finds the addresses behind the broker's name. */
  OperatorLine(Supplier<ConfigurationAdmin> configurations, Addresses addresses) {
    this.configurations = configurations;
    this.addresses = addresses;
  }

  /** {@code HOST:PORT}; {@value #UNKNOWN} where no configuration says so. */
  String broker() {
    ConfigurationAdmin admin = configurations.get();
    if (admin == null) {
      return UNKNOWN;
    }
    try {
      Configuration[] all = admin.listConfigurations("(service.pid=" + PID + ")");
      Object value =
          all == null || all[0].getProperties() == null ? null : all[0].getProperties().get(BROKER);
      URI uri = value == null ? null : URI.create(value.toString());
      return uri == null || uri.getHost() == null || uri.getPort() < 0
          ? UNKNOWN
          : new HostPort(uri.getHost(), uri.getPort()).toString();
    } catch (IOException | InvalidSyntaxException | RuntimeException unreadable) {
      return UNKNOWN;
    }
  }

  /**
   * Whether a connection is taken at any of its addresses; true for {@value #UNKNOWN}: then the
   * line itself counts.
   */
  boolean answers(String broker) {
    if (broker.equals(UNKNOWN)) {
      return true;
    }
    HostPort at = HostPort.parse(broker, 0);
    try (Dial dial = new Dial()) {
      dial.connect(addresses.behind(at.host()), at.port(), CONNECT_MILLIS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
