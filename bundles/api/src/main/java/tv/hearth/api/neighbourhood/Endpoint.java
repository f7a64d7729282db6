package tv.hearth.api.neighbourhood;

/**
 * Where a box can be reached.
 *
 * @param kind {@code direct4}, {@code direct6} or {@code dns}; others are kept and skipped
 * @param host an address literal or name, at most 253 characters
 * @param port 1…65535
 */
public record Endpoint(String kind, String host, int port) {
  /** Throws {@link IllegalArgumentException} for values out of range. */
  public Endpoint {
    if (kind.isEmpty() || kind.length() > 16 || host.isEmpty() || host.length() > 253) {
      throw new IllegalArgumentException("not an endpoint: " + kind + " " + host);
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port out of 1…65535: " + port);
    }
  }

  /** {@code kind:host:port}, an IPv6 address in brackets; for people. */
  @Override
  public String toString() {
    boolean six = host.indexOf(':') >= 0 && !host.startsWith("[");
    return kind + ":" + (six ? "[" + host + "]" : host) + ":" + port;
  }
}
