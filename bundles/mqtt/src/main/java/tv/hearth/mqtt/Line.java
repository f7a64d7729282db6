package tv.hearth.mqtt;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttActionListener;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;

/**
 * One MQTT connection, from connect to close; never reconnects, never reused. Owns its socket and
 * its threads. Thread-safe.
 */
final class Line implements AutoCloseable {
  private static final int THREADS = 5;
  private static final long DRAIN_MILLIS = 100;
  private static final int REFUSED_FROM = 0x80;
  private static final int MOST_OFFERS = 64;

  private final BrokerSocket socket;
  private final ScheduledThreadPoolExecutor threads;
  private final BrokerClient client;
  private final LineEvents events;
  private final LineSettings settings;
  private final AtomicInteger offers = new AtomicInteger();
  private volatile boolean closing;

  /** What the broker answered to the connect. */
  record Welcome(boolean sessionPresent, int window, long mostPacket) {}

  private Line(LineSettings settings, LineEvents events) throws MqttException {
    this.settings = settings;
    this.events = events;
    int timeout = settings.connectTimeoutSeconds() * 1000;
    socket =
        new BrokerSocket(
            settings.address(),
            settings.addresses(),
            settings.tls(),
            timeout,
            LineSettings.MOST_PACKET);
    threads = new ScheduledThreadPoolExecutor(THREADS, LineThreads.factory());
    threads.setRemoveOnCancelPolicy(true);
    threads.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    client = new BrokerClient(socket, settings.clientId(), threads);
    client.setManualAcks(true);
    client.setCallback(new LineCallback(this, events));
  }

  /** An unconnected line; close it in any case. */
  static Line make(LineSettings settings, LineEvents events) throws IOException {
    try {
      return new Line(settings, events);
    } catch (MqttException e) {
      throw new IOException("can't make an MQTT client: " + e.getMessage(), e);
    }
  }

  /** Connects and waits for the broker's answer, or fails naming why. */
  Welcome connect() throws IOException {
    try {
      IMqttToken token = client.connect(options());
      // TCP, TLS and MQTT's answer may each take the timeout.
      token.waitForCompletion(3_000L * settings.connectTimeoutSeconds());
      MqttProperties properties = token.getResponseProperties();
      int window = Optional.ofNullable(properties.getReceiveMaximum()).orElse(65_535);
      long most = Optional.ofNullable(properties.getMaximumPacketSize()).orElse(Long.MAX_VALUE);
      return new Welcome(token.getSessionPresent(), window, most);
    } catch (MqttException e) {
      throw new IOException(LineErrors.connect(settings, e), e);
    }
  }

  boolean connected() {
    return !closing && client.isConnected();
  }

  /** Sends; the answer comes by {@link LineEvents#answered} under {@code number}. */
  void publish(long number, String topic, MqttMessage message) throws IOException {
    try {
      client.publish(topic, message, null, new PublishAnswer(number));
    } catch (MqttException e) {
      throw new IOException("can't send to " + topic + ": " + e.getMessage(), e);
    }
  }

  /** Sends without an answer; false where the line is busy or gone. */
  boolean offer(String topic, MqttMessage message) {
    if (closing || offers.incrementAndGet() > MOST_OFFERS) {
      offers.decrementAndGet();
      return false;
    }
    try {
      client.publish(topic, message, null, new PublishAnswer(PublishAnswer.OFFER));
      return true;
    } catch (MqttException e) {
      offers.decrementAndGet();
      return false;
    }
  }

  /** Subscribes at QoS 1; returns the filters that the broker refused. */
  List<String> subscribe(List<Subscriptions.Wish> wishes) throws IOException {
    MqttSubscription[] asked =
        wishes.stream()
            .map(
                wish -> {
                  MqttSubscription each = new MqttSubscription(wish.filter(), 1);
                  each.setRetainHandling(wish.sendRetained() ? 0 : 1);
                  return each;
                })
            .toArray(MqttSubscription[]::new);
    try {
      IMqttToken token = client.subscribe(asked, null, null, new MqttProperties());
      token.waitForCompletion(1_000L * settings.connectTimeoutSeconds());
      int[] codes = token.getReasonCodes();
      return IntStream.range(0, asked.length)
          .filter(i -> i >= codes.length || codes[i] >= REFUSED_FROM)
          .mapToObj(i -> wishes.get(i).filter())
          .toList();
    } catch (MqttException e) {
      throw new IOException("can't subscribe: " + e.getMessage(), e);
    }
  }

  void unsubscribe(List<String> filters) throws IOException {
    try {
      client.unsubscribe(filters.toArray(String[]::new));
    } catch (MqttException e) {
      throw new IOException("can't unsubscribe: " + e.getMessage(), e);
    }
  }

  /** Tells the broker that a QoS 1 message was dealt with; without a line it comes again. */
  void acknowledge(int id, int qos) {
    try {
      if (!closing) {
        client.messageArrivedComplete(id, qos);
      }
    } catch (MqttException e) {
      fail("can't acknowledge: " + e.getMessage());
    }
  }

  /** Ends the connection because the broker misbehaves. */
  void fail(String why) {
    events.lost(this, why);
  }

  boolean closing() {
    return closing;
  }

  /**
   * Says goodbye (the broker publishes the will after its delay), then ends socket and threads. No
   * thread of Paho's is interrupted: it can't bear that while it connects. They end by the socket.
   */
  @Override
  public void close() {
    boolean polite = client.isConnected();
    closing = true;
    try {
      if (polite) {
        client.disconnectForcibly(
            0,
            DRAIN_MILLIS,
            MqttReturnCode.RETURN_CODE_DISCONNECT_WITH_WILL_MESSAGE,
            new MqttProperties());
      }
      socket.abort();
    } catch (MqttException e) {
      System.getLogger(Line.class.getName())
          .log(System.Logger.Level.DEBUG, "the connection ended uncleanly", e);
    } finally {
      LineThreads.end(threads, DRAIN_MILLIS);
    }
  }

  private MqttConnectionOptions options() {
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setAutomaticReconnect(false);
    options.setCleanStart(false);
    options.setSessionExpiryInterval((long) settings.sessionExpirySeconds());
    options.setKeepAliveInterval(settings.keepAliveSeconds());
    options.setConnectionTimeout(settings.connectTimeoutSeconds());
    options.setReceiveMaximum(settings.window());
    options.setMaximumPacketSize((long) LineSettings.MOST_PACKET);
    settings.stateTopic().ifPresent(topic -> will(options, topic));
    return options;
  }

  private void will(MqttConnectionOptions options, String topic) {
    MqttProperties properties = new MqttProperties();
    properties.setWillDelayInterval((long) settings.willDelaySeconds());
    options.setWill(topic, new MqttMessage(BoxState.OFFLINE.bytes(), 1, true, null));
    options.setWillMessageProperties(properties);
  }

  private final class PublishAnswer implements MqttActionListener {
    static final long OFFER = -1;

    private final long number;

    PublishAnswer(long number) {
      this.number = number;
    }

    @Override
    public void onSuccess(IMqttToken token) {
      int[] codes = token.getReasonCodes();
      boolean refused = codes != null && codes.length > 0 && codes[0] >= REFUSED_FROM;
      if (number == OFFER) {
        offers.decrementAndGet();
      } else {
        events.answered(Line.this, number, refused ? "reason code " + codes[0] : "");
      }
    }

    @Override
    public void onFailure(IMqttToken token, Throwable cause) {
      if (number == OFFER) {
        offers.decrementAndGet();
      } // else: the line is lost, which is told by itself; the outbox sends it again
    }
  }
}
