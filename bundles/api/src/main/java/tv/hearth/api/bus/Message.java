package tv.hearth.api.bus;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.value.Bytes;

/**
 * One MQTT 5 message.
 *
 * @param topic full topic
 * @param qos 0 or 1
 * @param retained kept by the broker for those who come later
 * @param expiry how long the broker (and the outbox) keep trying; empty: no end
 * @param contentType MQTT 5 property, or empty
 * @param responseTopic MQTT 5 property, or empty
 * @param correlation MQTT 5 correlation data, or empty
 * @param userProperties MQTT 5 user properties
 */
public record Message(
    String topic,
    Bytes payload,
    int qos,
    boolean retained,
    Optional<Duration> expiry,
    Optional<String> contentType,
    Optional<String> responseTopic,
    Optional<Bytes> correlation,
    Map<String, String> userProperties) {

  /** Copies the map. */
  public Message {
    userProperties = Map.copyOf(userProperties);
  }

  /** A plain message: QoS 1, not retained, no properties. */
  public static Message of(String topic, byte[] payload) {
    return new Message(
        topic,
        Bytes.of(payload),
        1,
        false,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Map.of());
  }

  /** The same, retained. */
  public Message asRetained() {
    return new Message(
        topic, payload, qos, true, expiry, contentType, responseTopic, correlation, userProperties);
  }

  /** The same with a content type. */
  public Message withContentType(String type) {
    return new Message(
        topic,
        payload,
        qos,
        retained,
        expiry,
        Optional.of(type),
        responseTopic,
        correlation,
        userProperties);
  }
}
