package tv.hearth.gateway.server;

import java.time.Duration;

/**
 * Where to listen, and the bounds.
 *
 * @param host address to listen on
 * @param port 0: any that is free
 * @param connections at once, 1…256
 * @param readers threads that wait for the store, 1…32
 * @param head for a request's head and what follows it to come in, from its first byte
 * @param idle between requests
 * @param stall for a client to take {@value Body#SLICE} bytes
 * @param retry before the first new attempt to listen; doubles with each, up to 30 s
 */
public record Settings(
    String host,
    int port,
    int connections,
    int readers,
    Duration head,
    Duration idle,
    Duration stall,
    Duration retry) {
  private static final int BODIES = 8 << 20;
  private static final int LEAST_CHUNK = 32 << 10;
  private static final int MOST_CHUNK = 256 << 10;

  /** Brings counts into their bounds; throws {@link IllegalArgumentException} for no port. */
  public Settings {
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException("port of tv.hearth.gateway is 0…65535, not " + port);
    }
    connections = Math.max(1, Math.min(256, connections));
    readers = Math.max(1, Math.min(32, readers));
  }

  /** Bytes read from the store at a time, so that all connections together hold 8 MiB at most. */
  int chunk() {
    return Math.max(LEAST_CHUNK, Math.min(MOST_CHUNK, BODIES / connections));
  }
}
