package tv.hearth.broker;

import java.nio.file.Path;
import java.util.List;

/**
 * What the embedded broker is made of. All files are PEM.
 *
 * @param dir folder for its data, log and key store; created for its owner alone
 * @param host address to listen on
 * @param port 0…65535; 0 takes a free one
 * @param anchor the operator's root certificate
 * @param clients certificates of the authorities whose clients are let in (the operational CA, not
 *     the renewal CA); each must be signed by the anchor, or be it
 * @param certificate the broker's certificate; may be followed by its chain
 * @param key its private key, PKCS#8
 * @param chain further certificates from the broker's issuer up
 * @param accessList who may publish and read what, in Mosquitto's syntax
 */
public record BrokerSettings(
    Path dir,
    String host,
    int port,
    Path anchor,
    List<Path> clients,
    Path certificate,
    Path key,
    List<Path> chain,
    Path accessList) {

  /** Copies the lists; throws {@link IllegalArgumentException} for values out of range. */
  public BrokerSettings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port out of 0…65535: " + port);
    }
    clients = List.copyOf(clients);
    chain = List.copyOf(chain);
    if (clients.isEmpty()) {
      throw new IllegalArgumentException("name at least one authority whose clients are let in");
    }
  }
}
