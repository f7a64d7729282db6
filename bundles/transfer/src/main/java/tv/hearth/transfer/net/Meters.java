package tv.hearth.transfer.net;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.TrafficClass;

/** Counts what goes on. Holds no name of a peer or an object. Thread-safe. */
public final class Meters {
  private final Map<TrafficClass, LongAdder> sent = adders(TrafficClass.class);
  private final Map<TrafficClass, LongAdder> received = adders(TrafficClass.class);
  private final Map<Problem, LongAdder> refused = adders(Problem.class);
  private final Map<Problem, LongAdder> failed = adders(Problem.class);
  private final LongAdder answered = new LongAdder();
  private final LongAdder called = new LongAdder();
  private final LongAdder grantsRefused = new LongAdder();
  private final AtomicInteger inbound = new AtomicInteger();
  private final AtomicInteger outbound = new AtomicInteger();

  void sent(TrafficClass traffic, long bytes) {
    sent.get(traffic).add(bytes);
  }

  void received(TrafficClass traffic, long bytes) {
    received.get(traffic).add(bytes);
  }

  void answered() {
    answered.increment();
  }

  void refused(Problem problem) {
    refused.get(problem).increment();
  }

  void grantRefused() {
    grantsRefused.increment();
  }

  void called() {
    called.increment();
  }

  void failed(Problem problem) {
    failed.get(problem).increment();
  }

  void inbound(int now) {
    inbound.set(now);
  }

  void outbound(int change) {
    outbound.addAndGet(change);
  }

  /** The readings now. */
  public List<Meter> read() {
    List<Meter> meters = new ArrayList<>();
    add(meters, "transfer.sent.bytes", "class", sent);
    add(meters, "transfer.received.bytes", "class", received);
    add(meters, "transfer.requests.refused", "problem", refused);
    add(meters, "transfer.calls.failed", "problem", failed);
    meters.add(Meter.counter("transfer.requests.answered", answered.sum()));
    meters.add(Meter.counter("transfer.calls.answered", called.sum()));
    meters.add(Meter.counter("transfer.grants.refused", grantsRefused.sum()));
    meters.add(Meter.gauge("transfer.connections.in", inbound.get()));
    meters.add(Meter.gauge("transfer.connections.out", outbound.get()));
    return meters;
  }

  private static <E extends Enum<E>> void add(
      List<Meter> meters, String name, String label, Map<E, LongAdder> values) {
    values.forEach(
        (key, value) ->
            meters.add(
                new Meter(
                    name,
                    Meter.Kind.COUNTER,
                    value.sum(),
                    Map.of(label, key.name().toLowerCase(Locale.ROOT)))));
  }

  private static <E extends Enum<E>> Map<E, LongAdder> adders(Class<E> type) {
    Map<E, LongAdder> adders = new EnumMap<>(type);
    for (E key : type.getEnumConstants()) {
      adders.put(key, new LongAdder());
    }
    return adders;
  }
}
