package tv.hearth.mqtt;

import org.eclipse.paho.mqttv5.common.MqttMessage;

/** What a connection tells. Called on its threads; must not block. */
interface LineEvents {
  /** A message came; {@link Line#acknowledge} it when it is dealt with (QoS 1). */
  void arrived(Line line, String topic, MqttMessage message);

  /** The connection ended, and not because it was closed here. */
  void lost(Line line, String why);

  /** The broker ended the connection because another one has the same client id. */
  void takenOver(Line line);

  /**
   * The broker answered a publish.
   *
   * @param refusal empty: it has the message; else why it will never take it
   */
  void answered(Line line, long number, String refusal);
}
