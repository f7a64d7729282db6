package tv.hearth.api.bus;

/**
 * Whiteboard: register one with the service property {@link #TOPICS} and it gets what comes under
 * these filters. Called on one thread of the bus, in order; must return soon and not throw.
 * Subscriptions follow the services that are there.
 */
public interface MessageHandler {
  /** Service property (String or String[]): MQTT topic filters. */
  String TOPICS = "hearth.topics";

  /** A message that matched. */
  void received(Message message);
}
