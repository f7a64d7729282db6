package tv.hearth.mqtt;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import tv.hearth.support.net.Addresses;

/** One connection without the bus's manners: any client id, any topic. */
final class RawClient implements LineEvents, AutoCloseable {
  final List<String> heard = new CopyOnWriteArrayList<>();
  private final Map<Long, String> answers = new ConcurrentHashMap<>();
  private final AtomicLong numbers = new AtomicLong();
  private final LineSettings settings;
  private Line line;
  private volatile boolean lost;

  RawClient(int port, SSLContext tls, String clientId) throws IOException {
    BrokerAddress address = new BrokerAddress("127.0.0.1", port);
    settings =
        new LineSettings(
            address, new Addresses(), tls, clientId, Optional.empty(), 16, 10, 60, 0, 0);
    connect();
  }

  /** True where the broker took it; reconnects where the broker closed the connection over it. */
  boolean publish(String topic, boolean retained) throws IOException {
    if (lost || !line.connected()) {
      connect();
    }
    long number = numbers.incrementAndGet();
    byte[] payload = topic.getBytes(StandardCharsets.UTF_8);
    line.publish(number, topic, new MqttMessage(payload, 1, retained, null));
    Await.until("answer to " + topic, () -> lost || answers.containsKey(number));
    return answers.getOrDefault(number, "lost").isEmpty();
  }

  /** True where the broker granted it. */
  boolean subscribe(String filter) throws IOException {
    if (lost || !line.connected()) {
      connect();
    }
    return line.subscribe(List.of(new Subscriptions.Wish(filter, true))).isEmpty();
  }

  void unsubscribe(String filter) throws IOException {
    line.unsubscribe(List.of(filter));
  }

  boolean connected() {
    return !lost && line.connected();
  }

  @Override
  public void arrived(Line from, String topic, MqttMessage message) {
    heard.add(topic);
    if (message.getQos() > 0) {
      from.acknowledge(message.getId(), message.getQos());
    }
  }

  @Override
  public void takenOver(Line line) {
    // told as lost, too
  }

  @Override
  public void lost(Line which, String why) {
    lost |= which == line;
  }

  @Override
  public void answered(Line from, long number, String refusal) {
    answers.put(number, refusal);
  }

  @Override
  public void close() {
    line.close();
  }

  private void connect() throws IOException {
    if (line != null) {
      line.close();
    }
    line = Line.make(settings, this);
    lost = false;
    try {
      line.connect();
    } catch (IOException e) {
      line.close();
      throw e;
    }
  }
}
