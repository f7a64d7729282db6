package tv.hearth.mqtt;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.api.bus.Message;
import tv.hearth.api.value.Bytes;
import tv.hearth.support.cbor.CborException;
import tv.hearth.support.cbor.CborMap;

/**
 * A message as it lies in the outbox: deterministic CBOR.
 *
 * @param storedAt wall clock, milliseconds since 1970
 */
record OutboxMessage(Message message, long storedAt) {
  /** The most bytes of an encoded message; brokers and boxes refuse larger packets. */
  static final int MOST_BYTES = 2 << 20;

  private static final long NEVER = -1;
  private static final int MOST_TEXT = 65_535;
  private static final int MOST_PROPERTIES = 128;

  /** Throws {@link IllegalArgumentException} where the message is larger than can be sent. */
  byte[] encode() {
    CborMap map =
        new CborMap()
            .put("at", storedAt)
            .put("topic", message.topic())
            .put("payload", message.payload().toArray())
            .put("qos", message.qos())
            .put("retained", message.retained())
            .put("expiry", message.expiry().map(Duration::toMillis).orElse(NEVER))
            .putTexts("type", list(message.contentType()))
            .putTexts("reply", list(message.responseTopic()))
            .putBytesList("correlation", list(message.correlation().map(Bytes::toArray)))
            .putTexts("properties", properties());
    byte[] bytes = map.toBytes();
    if (bytes.length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "message to "
              + message.topic()
              + " takes "
              + bytes.length
              + " bytes, the bus carries at "
              + "most "
              + MOST_BYTES
              + ": cut it into several");
    }
    return bytes;
  }

  /** The inverse of {@link #encode}. */
  static OutboxMessage decode(byte[] bytes) throws CborException {
    CborMap map = CborMap.parse(bytes);
    long expiry = map.number("expiry", NEVER, Long.MAX_VALUE);
    Message message =
        new Message(
            map.text("topic", MOST_TEXT),
            Bytes.of(map.bytes("payload", 0, MOST_BYTES)),
            map.integer("qos", 0, 1),
            map.bool("retained"),
            expiry == NEVER ? Optional.empty() : Optional.of(Duration.ofMillis(expiry)),
            map.texts("type", 1, MOST_TEXT).stream().findFirst(),
            map.texts("reply", 1, MOST_TEXT).stream().findFirst(),
            map.bytesList("correlation", 1, 0, MOST_TEXT).stream().findFirst().map(Bytes::of),
            pairs(map.texts("properties", 2 * MOST_PROPERTIES, MOST_TEXT)));
    return new OutboxMessage(message, map.number("at", Long.MIN_VALUE, Long.MAX_VALUE));
  }

  private List<String> properties() {
    List<String> flat = new ArrayList<>();
    message.userProperties().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .limit(MOST_PROPERTIES)
        .forEach(
            entry -> {
              flat.add(entry.getKey());
              flat.add(entry.getValue());
            });
    return flat;
  }

  private static Map<String, String> pairs(List<String> flat) {
    Map<String, String> pairs = new HashMap<>();
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      pairs.put(flat.get(i), flat.get(i + 1));
    }
    return pairs;
  }

  private static <T> List<T> list(Optional<T> value) {
    return value.map(List::of).orElse(List.of());
  }
}
