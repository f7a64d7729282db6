package tv.hearth.mqtt;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** How this node speaks with the operator's broker. */
@ObjectClassDefinition(
    name = "Hearth message bus",
    description = "The one MQTT 5 session with the operator's broker, by mutual TLS.")
@interface MqttConfig {
  /** Where the broker is. */
  @AttributeDefinition(
      name = "Broker",
      description =
          "mqtts://HOST:PORT (port 8883 where none is given). Its certificate must name HOST.")
  String broker();

  /** The client id; empty: the box id. */
  @AttributeDefinition(
      name = "Client id",
      description =
          "Empty on a box: its box id, and it publishes online/offline under up/state. On the headend: "
              + "headend. The broker lets in only whose certificate carries that name.")
  String clientId() default "";

  /** How long the broker keeps the session, in seconds. */
  @AttributeDefinition(
      name = "Session expiry, s",
      description =
          "For so long after a disconnect the broker keeps subscriptions and queues messages. Longer "
              + "takes room on the broker; shorter loses what was sent to a box that was off.",
      min = "0",
      max = "2592000")
  int sessionExpirySeconds() default 86_400;

  /** Seconds of silence until a ping. */
  @AttributeDefinition(
      name = "Keep-alive, s",
      description =
          "After so much silence a ping is sent; without an answer within as much again, the line "
              + "counts as dead. Shorter finds dead lines sooner and wakes the machine more often.",
      min = "5",
      max = "3600")
  int keepAliveSeconds() default 60;

  /** Seconds that TCP, TLS and MQTT may each take to connect. */
  @AttributeDefinition(
      name = "Connect timeout, s",
      description = "For each of TCP connect, TLS handshake and MQTT's answer.",
      min = "1",
      max = "300")
  int connectTimeoutSeconds() default 15;

  /** Seconds until "offline" is published after the line was lost. */
  @AttributeDefinition(
      name = "Will delay, s",
      description =
          "A box that is back within this time (an update, a short cut of the line) never shows as "
              + "offline.",
      min = "0",
      max = "3600")
  int willDelaySeconds() default 5;

  /** First bound of the random wait before connecting again, in milliseconds. */
  @AttributeDefinition(
      name = "Shortest back-off, ms",
      description =
          "The wait before attempt n is random between 0 and this times 2^n (full jitter), so that a "
              + "neighbourhood does not come back all at once.",
      min = "10",
      max = "60000")
  int backoffMillis() default 1_000;

  /** Last bound of that wait. */
  @AttributeDefinition(
      name = "Longest back-off, ms",
      description = "Where the bound of the wait stops growing.",
      min = "10",
      max = "3600000")
  int backoffMostMillis() default 120_000;

  /** Most messages in the outbox. */
  @AttributeDefinition(
      name = "Outbox, messages",
      description = "When it is full, the oldest message is dropped and counted.",
      min = "1",
      max = "100000")
  int outboxMessages() default 2_000;

  /** Most bytes in the outbox. */
  @AttributeDefinition(
      name = "Outbox, KiB",
      description =
          "Flash that waiting messages may take; up to twice as much while sent ones are cleared away. "
              + "When it is full, the oldest message is dropped and counted.",
      min = "64",
      max = "1048576")
  int outboxKib() default 8_192;

  /** Messages on their way to the broker at once. */
  @AttributeDefinition(
      name = "In flight",
      description = "Sent and not yet acknowledged; also how many incoming ones wait for handlers.",
      min = "1",
      max = "256")
  int inFlight() default 16;
}
