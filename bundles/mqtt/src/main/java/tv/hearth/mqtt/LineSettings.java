package tv.hearth.mqtt;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import tv.hearth.support.net.Addresses;

/**
 * What one connection is made with.
 *
 * @param addresses those behind the broker's name, with the one that was well the last time
 * @param stateTopic where online and offline are published; empty: nowhere
 * @param window incoming QoS 1 messages that may wait unacknowledged
 */
record LineSettings(
    BrokerAddress address,
    Addresses addresses,
    SSLContext tls,
    String clientId,
    Optional<String> stateTopic,
    int window,
    int connectTimeoutSeconds,
    int keepAliveSeconds,
    int sessionExpirySeconds,
    int willDelaySeconds) {
  /** The largest incoming packet: 2 MiB of payload and a generous head. */
  static final int MOST_PACKET = (2 << 20) + (64 << 10);
}
