package tv.hearth.vendor.gateway;

import java.net.URI;

/** Registered while the gateway listens: where players on this box reach it. */
public interface GatewayAddress {
  /** E.g. {@code http://127.0.0.1:8080/}; ends with a slash. */
  URI base();
}
