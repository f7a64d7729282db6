package tv.hearth.membership.node;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageBus;
import tv.hearth.api.bus.MessageHandler;

/**
 * A broker in memory: hands on what is published under a few topics, and keeps what is retained.
 */
final class LoopBus implements MessageBus {
  private final Map<String, Message> retained = new ConcurrentHashMap<>();
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  final List<Message> published = new CopyOnWriteArrayList<>();

  /** Filters may hold {@code +}. */
  void subscribe(String filter, MessageHandler handler) {
    Subscription subscription = new Subscription(filter.replace("+", "[^/]+"), handler);
    subscriptions.add(subscription);
    retained.forEach((topic, message) -> subscription.offer(message));
  }

  @Override
  public boolean connected() {
    return true;
  }

  @Override
  public void publish(Message message) {
    published.add(message);
    if (message.retained()) {
      retained.put(message.topic(), message);
    }
    subscriptions.forEach(subscription -> subscription.offer(message));
  }

  @Override
  public boolean offer(Message message) {
    publish(message);
    return true;
  }

  private record Subscription(String filter, MessageHandler handler) {
    void offer(Message message) {
      if (message.topic().matches(filter)) {
        handler.received(message);
      }
    }
  }
}
