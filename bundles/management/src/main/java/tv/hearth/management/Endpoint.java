package tv.hearth.management;

import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import tv.hearth.api.bus.Message;
import tv.hearth.management.agent.Agent;
import tv.hearth.usp.message.Add;
import tv.hearth.usp.message.Body;
import tv.hearth.usp.message.Delete;
import tv.hearth.usp.message.Msg;
import tv.hearth.usp.message.NotifyResp;
import tv.hearth.usp.message.Operate;
import tv.hearth.usp.message.Set;
import tv.hearth.usp.message.UspError;
import tv.hearth.usp.record.UspRecord;
import tv.hearth.usp.wire.WireException;

/**
 * The agent's end of the line: from MQTT messages to records, to the agent, and back (TR-369,
 * R-MQTT). One thread.
 */
final class Endpoint {
  /** The content type of records. */
  static final String CONTENT_TYPE = "usp.msg";

  private static final System.Logger LOG = System.getLogger(Endpoint.class.getName());
  private static final int NO_SESSION_CONTEXT = 7106;
  private static final int MALFORMED_MESSAGE = 7000;
  private static final int RESOURCES = 7005;

  private final String id;
  private final String base;
  private final Agent agent;
  private final Callers callers;
  private final UnaryOperator<String> topics;
  private final Repeats repeats;

  /** Says to the objects whose request is being answered. */
  interface Callers {
    /** From now on it is this controller's. */
    void calling(String endpoint);
  }

  /**
   * Of a box.
   *
   * @param base {@code hearth/v1/NEIGHBOURHOOD/box/BOX/}
   * @param topics where a controller listens, by its endpoint id, beneath {@code base}
   */
  Endpoint(
      String id,
      String base,
      Agent agent,
      Callers callers,
      UnaryOperator<String> topics,
      Repeats repeats) {
    this.id = id;
    this.base = base;
    this.agent = agent;
    this.callers = callers;
    this.topics = topics;
    this.repeats = repeats;
  }

  String listensAt() {
    return base + "down/usp";
  }

  /** What a message is answered by, if by anything. */
  Optional<Message> handle(Message message) {
    UspRecord record;
    try {
      record = UspRecord.parse(message.payload().toArray());
    } catch (WireException e) {
      LOG.log(System.Logger.Level.DEBUG, "not a record of USP: {0}", e.getMessage());
      return Optional.empty();
    }
    if (!record.to().equals(id) || record.from().isEmpty()) {
      return Optional.empty();
    }
    String topic = topic(message, record);
    return switch (record.kind()) {
      case NO_SESSION_CONTEXT -> answer(record, message.payload().toArray(), topic);
      case SESSION_CONTEXT ->
          Optional.of(
              publish(
                  UspRecord.disconnect(
                      record.from(), id, "this agent takes no session context", NO_SESSION_CONTEXT),
                  topic));
      case MQTT_CONNECT, DISCONNECT, OTHER -> Optional.empty();
    };
  }

  private String topic(Message message, UspRecord record) {
    return message.responseTopic().filter(this::own).orElse(base + topics.apply(record.from()));
  }

  /**
   * What a request is answered by that can't be taken now: every one of them gets an answer.
   * Thread-safe.
   *
   * @param waiting how many requests wait
   */
  Optional<Message> refusal(Message message, int waiting) {
    try {
      UspRecord record = UspRecord.parse(message.payload().toArray());
      if (!record.to().equals(id)
          || record.from().isEmpty()
          || record.kind() != UspRecord.Kind.NO_SESSION_CONTEXT) {
        return Optional.empty();
      }
      if (isReply(record.payload())) {
        return Optional.empty(); // a notification without its word is sent again
      }
      String why = waiting + " requests wait here: ask again in some seconds";
      String messageId = orUnknown(Msg.idOf(record.payload()));
      Msg error = new Msg(messageId, new UspError(RESOURCES, why, java.util.List.of()));
      return Optional.of(reply(record.from(), error, topic(message, record)));
    } catch (WireException e) {
      LOG.log(System.Logger.Level.DEBUG, "not a request of USP: {0}", e.getMessage());
      return Optional.empty();
    }
  }

  private static boolean isReply(byte[] message) {
    try {
      Body body = Msg.parse(message).body();
      return body instanceof NotifyResp || body instanceof UspError;
    } catch (WireException e) {
      // Broken, but asked: it gets an answer like the others.
      return false;
    }
  }

  /** Only where the broker lets this box speak: elsewhere it might end the session. */
  private boolean own(String topic) {
    return topic.startsWith(base + "up/") && topic.indexOf('+') < 0 && topic.indexOf('#') < 0;
  }

  private Optional<Message> answer(UspRecord record, byte[] bytes, String topic) {
    Msg request;
    try {
      request = Msg.parse(record.payload());
    } catch (WireException e) {
      Msg error =
          new Msg(
              orUnknown(Msg.idOf(record.payload())),
              new UspError(MALFORMED_MESSAGE, e.getMessage(), java.util.List.of()));
      return Optional.of(reply(record.from(), error, topic));
    }
    Body body = request.body();
    boolean changes =
        body instanceof Operate
            || body instanceof Add
            || body instanceof Set
            || body instanceof Delete;
    if (changes && repeats.repeated(record.from(), bytes)) {
      return Optional.empty();
    }
    callers.calling(record.from());
    return agent.handle(record.from(), request).map(msg -> reply(record.from(), msg, topic));
  }

  private static String orUnknown(String messageId) {
    return messageId.isEmpty() ? "unknown" : messageId;
  }

  private Message reply(String to, Msg message, String topic) {
    return publish(UspRecord.message(to, id, message.encode()), topic);
  }

  /** A message to a controller that did not just ask, at its topic. */
  Message notification(String to, String topic, byte[] message) {
    return publish(UspRecord.message(to, id, message), base + topic);
  }

  /** This box has come to its broker, and listens. */
  Message hello(String to, String topic) {
    return publish(UspRecord.mqttConnect(to, id, listensAt()), base + topic);
  }

  private Message publish(UspRecord record, String topic) {
    Message plain = Message.of(topic, record.encode());
    return new Message(
        plain.topic(),
        plain.payload(),
        1,
        false,
        Optional.of(java.time.Duration.ofDays(1)),
        Optional.of(CONTENT_TYPE),
        Optional.of(listensAt()),
        Optional.empty(),
        Map.of("usp-endpoint-id", id));
  }
}
