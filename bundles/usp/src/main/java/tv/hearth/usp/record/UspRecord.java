package tv.hearth.usp.record;

import tv.hearth.usp.wire.WireException;
import tv.hearth.usp.wire.WireReader;
import tv.hearth.usp.wire.WireWriter;

/**
 * A record of {@code usp-record-1-3.proto}, of the kinds that a box takes part in.
 *
 * @param version of USP, as {@code 1.3}
 * @param kind what it carries
 * @param payload the message of a {@link Kind#NO_SESSION_CONTEXT}, else empty
 * @param text the subscribed topic of a {@link Kind#MQTT_CONNECT}, the reason of a {@link
 *     Kind#DISCONNECT}, else empty
 * @param code the MQTT version (1 is MQTT 5), the reason code, else 0
 */
public record UspRecord(
    String version, String to, String from, Kind kind, byte[] payload, String text, int code) {
  /** What this library speaks. */
  public static final String VERSION = "1.3";

  /** Records in bytes at most: what our brokers take in one packet. */
  public static final int MOST_BYTES = 2 << 20;

  /** The kinds of records. */
  public enum Kind {
    /** A message by itself. */
    NO_SESSION_CONTEXT,
    /** A message of an end-to-end session, which boxes refuse with 7106. */
    SESSION_CONTEXT,
    /** An endpoint has come to its broker. */
    MQTT_CONNECT,
    /** An endpoint goes. */
    DISCONNECT,
    /** Any other: of another transport. */
    OTHER
  }

  private static final int NO_SESSION = 7;
  private static final int SESSION = 8;
  private static final int MQTT = 10;
  private static final int DISCONNECT = 12;

  /** Copies the payload. */
  public UspRecord {
    payload = payload.clone();
  }

  @Override
  public byte[] payload() {
    return payload.clone();
  }

  /** A message on its way. */
  public static UspRecord message(String to, String from, byte[] message) {
    return new UspRecord(VERSION, to, from, Kind.NO_SESSION_CONTEXT, message, "", 0);
  }

  /** An endpoint has come to its broker, by MQTT 5, and listens there. */
  public static UspRecord mqttConnect(String to, String from, String topic) {
    return new UspRecord(VERSION, to, from, Kind.MQTT_CONNECT, new byte[0], topic, 1);
  }

  /** An endpoint goes, or refuses a record: then the code is of 7100…7106. */
  public static UspRecord disconnect(String to, String from, String reason, int code) {
    return new UspRecord(VERSION, to, from, Kind.DISCONNECT, new byte[0], reason, code);
  }

  /** Reads a record; WireException for bytes that are none, or too many. */
  public static UspRecord parse(byte[] bytes) throws WireException {
    if (bytes.length > MOST_BYTES) {
      throw new WireException("a record of more than " + MOST_BYTES + " bytes");
    }
    String version = "";
    String to = "";
    String from = "";
    UspRecord body = new UspRecord("", "", "", Kind.OTHER, new byte[0], "", 0);
    WireReader in = new WireReader(bytes);
    for (int field = in.next(); field != 0; field = in.next()) {
      switch (field) {
        case 1 -> version = in.text();
        case 2 -> to = in.text();
        case 3 -> from = in.text();
        case NO_SESSION -> body = noSession(in.message());
        case SESSION -> body = of(Kind.SESSION_CONTEXT, "", 0);
        case MQTT -> body = connect(in.message());
        case DISCONNECT -> body = disconnect(in.message());
        default -> {
          // Signatures are of no use beneath mutual TLS to one broker.
        }
      }
    }
    return new UspRecord(version, to, from, body.kind, body.payload, body.text, body.code);
  }

  private static UspRecord of(Kind kind, String text, int code) {
    return new UspRecord("", "", "", kind, new byte[0], text, code);
  }

  private static UspRecord noSession(WireReader in) throws WireException {
    byte[] payload = new byte[0];
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 2) {
        payload = in.bytes();
      }
    }
    return new UspRecord("", "", "", Kind.NO_SESSION_CONTEXT, payload, "", 0);
  }

  private static UspRecord connect(WireReader in) throws WireException {
    int version = 0;
    String topic = "";
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        version = (int) in.number();
      } else if (field == 2) {
        topic = in.text();
      }
    }
    return of(Kind.MQTT_CONNECT, topic, version);
  }

  private static UspRecord disconnect(WireReader in) throws WireException {
    String reason = "";
    int code = 0;
    for (int field = in.next(); field != 0; field = in.next()) {
      if (field == 1) {
        reason = in.text();
      } else if (field == 2) {
        code = in.fixed32();
      }
    }
    return of(Kind.DISCONNECT, reason, code);
  }

  /** The record's bytes; IllegalStateException for a kind that this library only reads. */
  public byte[] encode() {
    WireWriter out = new WireWriter().text(1, version).text(2, to).text(3, from);
    WireWriter body = new WireWriter();
    switch (kind) {
      case NO_SESSION_CONTEXT -> out.message(NO_SESSION, body.bytes(2, payload));
      case MQTT_CONNECT -> out.message(MQTT, body.number(1, code).text(2, text));
      case DISCONNECT -> out.message(DISCONNECT, body.text(1, text).fixed32(2, code));
      default -> throw new IllegalStateException("records of " + kind + " are only read");
    }
    return out.toBytes();
  }
}
