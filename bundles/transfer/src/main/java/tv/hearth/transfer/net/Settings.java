package tv.hearth.transfer.net;

import java.time.Duration;
import tv.hearth.transfer.core.Allowance;

/**
 * Bounds of connections and requests.
 *
 * @param connect of a TCP connection, each endpoint
 * @param handshake of TLS
 * @param answer until an answer's first byte, or until the next slice of one is taken
 * @param window over which a least rate is taken
 * @param leastRate bytes a second below which a peer counts as stalled
 * @param total of a call
 * @param idle after which a connection without request is closed
 * @param peerConnections most connections of one peer (in), or to one peer in each of foreground
 *     and background (out)
 * @param inbound most connections in
 * @param outbound most connections out
 * @param requests most requests being answered
 * @param bodyBytes most heap for bodies of records and for answers being made
 * @param allowance what one peer may ask
 */
public record Settings(
    Duration connect,
    Duration handshake,
    Duration answer,
    Duration window,
    long leastRate,
    Duration total,
    Duration idle,
    int peerConnections,
    int inbound,
    int outbound,
    int requests,
    int bodyBytes,
    Allowance.Quotas allowance) {
  /** For a box of 64 MiB of heap. */
  public static final Settings DEFAULT =
      new Settings(
          Duration.ofSeconds(3),
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          2048,
          Duration.ofMinutes(5),
          Duration.ofSeconds(30),
          4,
          96,
          48,
          64,
          8 << 20,
          new Allowance.Quotas(16, 400, 1 << 20));
}
