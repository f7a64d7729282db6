package tv.hearth.mqtt;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageHandler;

/** A handler that keeps what it hears. */
final class Ears implements MessageHandler {
  final List<Message> heard = new CopyOnWriteArrayList<>();

  static Map<String, Object> topics(String... filters) {
    return Map.of(MessageHandler.TOPICS, filters);
  }

  @Override
  public void received(Message message) {
    heard.add(message);
  }

  List<String> texts() {
    return heard.stream().map(Ears::text).toList();
  }

  static String text(Message message) {
    return new String(message.payload().toArray(), StandardCharsets.UTF_8);
  }
}
