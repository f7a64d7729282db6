package tv.hearth.headend.registry.web;

import java.time.Duration;

/**
 * What one client, and all together, may take of the listener.
 *
 * @param connections open at once
 * @param queued requests waiting for a worker
 * @param body bytes of a request's body
 * @param handshake from accept to the end of the TLS handshake
 * @param whole from accept to the answer's last byte
 * @param ratePerSecond requests of one address, refilled
 * @param burst requests of one address at once
 */
public record Limits(
    int connections,
    int queued,
    int body,
    Duration handshake,
    Duration whole,
    double ratePerSecond,
    int burst) {
  /** For a neighbourhood behind few addresses. */
  public static final Limits DEFAULT =
      new Limits(256, 128, 32_768, Duration.ofSeconds(10), Duration.ofSeconds(30), 20, 512);
}
