package tv.hearth.mqtt;

import java.util.List;
import tv.hearth.api.telemetry.Meter;

/** The bus's meters. */
final class BusMeters {
  private BusMeters() {}

  static List<Meter> of(Session session, Outbox.Counts out, Inbox.Counts in, long threadFailures) {
    return List.of(
        Meter.gauge("mqtt.connected.flag", session.connected() ? 1 : 0),
        Meter.counter("mqtt.connects.count", session.connects()),
        Meter.counter("mqtt.takeovers.count", session.takeovers()),
        Meter.counter("mqtt.refused.messages", session.refused()),
        Meter.gauge("mqtt.outbox.messages", out.messages()),
        Meter.gauge("mqtt.outbox.bytes", out.bytes()),
        Meter.counter("mqtt.outbox.dropped.messages", out.dropped()),
        Meter.counter("mqtt.outbox.expired.messages", out.expired()),
        Meter.counter("mqtt.outbox.damaged.records", out.damaged()),
        Meter.gauge("mqtt.inbox.messages", in.waiting()),
        Meter.counter("mqtt.inbox.delivered.messages", in.delivered()),
        Meter.counter("mqtt.inbox.dropped.messages", in.dropped()),
        Meter.counter("mqtt.inbox.unhandled.messages", in.unhandled()),
        Meter.counter("mqtt.handler.failures.count", in.failures()),
        Meter.counter("mqtt.thread.failures.count", threadFailures));
  }
}
