package tv.hearth.mqtt;

import java.io.IOException;
import java.util.Optional;
import tv.hearth.api.identity.Identity;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.neighbourhood.Neighbourhood;
import tv.hearth.support.gate.ServiceGate;
import tv.hearth.support.net.Addresses;

/** Who this node is, as far as the broker must know. Thread-safe. */
final class Node {
  private final ServiceGate<Identity> identity;
  private final ServiceGate<Neighbourhood> neighbourhood;
  private final Addresses addresses = new Addresses();

  Node(ServiceGate<Identity> identity, ServiceGate<Neighbourhood> neighbourhood) {
    this.identity = identity;
    this.neighbourhood = neighbourhood;
  }

  /** True once it has a certificate and knows its neighbourhood's name. */
  boolean ready() {
    return identity.now().filter(Identity::enrolled).isPresent()
        && neighbourhood.now().flatMap(Neighbourhood::name).isPresent();
  }

  /** Counts up with each new certificate; -1 while the provider is being replaced. */
  long generation() {
    return identity.now().map(Identity::generation).orElse(-1L);
  }

  /** Where a box says that it is online; empty on nodes with a client id of their own. */
  Optional<String> stateTopic(SessionSettings settings) {
    if (!settings.clientId().isEmpty()) {
      return Optional.empty();
    }
    return neighbourhood
        .now()
        .flatMap(Neighbourhood::name)
        .flatMap(
            name ->
                identity.now().map(me -> "hearth/v1/" + name + "/box/" + me.box() + "/up/state"));
  }

  /** What to connect with, always with the newest certificate. */
  LineSettings line(SessionSettings settings) throws IOException {
    Identity me = identity.now().orElseThrow(() -> new IOException("no Identity service"));
    try {
      return new LineSettings(
          settings.broker(),
          addresses,
          me.tls(),
          settings.clientId().isEmpty() ? me.box().text() : settings.clientId(),
          stateTopic(settings),
          settings.inFlight(),
          settings.connectTimeoutSeconds(),
          settings.keepAliveSeconds(),
          settings.sessionExpirySeconds(),
          settings.willDelaySeconds());
    } catch (IdentityException e) {
      throw new IOException("no TLS for the broker: " + e.getMessage(), e);
    }
  }
}
