package tv.hearth.api.bus;

/**
 * The one MQTT 5 session with the operator's broker: mutual TLS, session expiry, back-off with
 * jitter. Thread-safe.
 */
public interface MessageBus {
  /** True while the broker answers. */
  boolean connected();

  /**
   * Sends through the durable outbox: kept over restarts until the broker has it (QoS 1) or it
   * expires. The outbox is bounded: where it is full the oldest goes first and is counted.
   */
  void publish(Message message);

  /**
   * Sends if connected, else drops; for what is worthless later. Returns whether it was handed to
   * the broker.
   */
  boolean offer(Message message);
}
