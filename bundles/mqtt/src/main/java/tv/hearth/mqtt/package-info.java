/**
 * One MQTT 5 session with the operator's broker: mutual TLS, a durable outbox, a whiteboard of
 * handlers. {@link tv.hearth.mqtt.MqttComponent} is the shell; {@link tv.hearth.mqtt.Backoff},
 * {@link tv.hearth.mqtt.Outbox}'s record format and {@link tv.hearth.mqtt.Subscriptions} decide.
 */
package tv.hearth.mqtt;
