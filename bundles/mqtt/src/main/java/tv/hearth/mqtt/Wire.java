package tv.hearth.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import tv.hearth.api.bus.Message;
import tv.hearth.api.value.Bytes;

/** Between our messages and Paho's. */
final class Wire {
  private static final long MOST_EXPIRY_SECONDS = 0xffff_fffeL;

  private Wire() {}

  /**
   * Paho's form of a message.
   *
   * @param left until it expires; rounded up to whole seconds
   */
  static MqttMessage out(Message message, Optional<Duration> left) {
    MqttProperties properties = new MqttProperties();
    left.ifPresent(span -> properties.setMessageExpiryInterval(seconds(span)));
    message.contentType().ifPresent(properties::setContentType);
    message.responseTopic().ifPresent(properties::setResponseTopic);
    message.correlation().map(Bytes::toArray).ifPresent(properties::setCorrelationData);
    List<UserProperty> user = new ArrayList<>();
    message.userProperties().forEach((key, value) -> user.add(new UserProperty(key, value)));
    properties.setUserProperties(user);
    return new MqttMessage(
        message.payload().toArray(), message.qos(), message.retained(), properties);
  }

  /** Our form of a message that came in. Of user properties with one name the last counts. */
  static Message in(String topic, MqttMessage message) {
    MqttProperties properties = message.getProperties();
    Map<String, String> user = new LinkedHashMap<>();
    properties.getUserProperties().forEach(each -> user.put(each.getKey(), each.getValue()));
    return new Message(
        topic,
        Bytes.of(message.getPayload()),
        Math.min(1, message.getQos()),
        message.isRetained(),
        Optional.ofNullable(properties.getMessageExpiryInterval()).map(Duration::ofSeconds),
        Optional.ofNullable(properties.getContentType()),
        Optional.ofNullable(properties.getResponseTopic()),
        Optional.ofNullable(properties.getCorrelationData()).map(Bytes::of),
        user);
  }

  private static long seconds(Duration span) {
    long seconds = span.plusNanos(999_999_999).toSeconds();
    return Math.max(1, Math.min(seconds, MOST_EXPIRY_SECONDS));
  }
}
