package tv.hearth.gateway.server;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import tv.hearth.api.telemetry.Meter;

/** What the gateway did since its start. Thread-safe. */
public final class Books {
  private final List<LongAdder> answers =
      IntStream.range(0, 6).mapToObj(i -> new LongAdder()).toList();
  private final LongAdder sent = new LongAdder();
  private final LongAdder stalls = new LongAdder();
  private final LongAdder cut = new LongAdder();
  private final LongAdder slow = new LongAdder();
  private final LongAdder refusedRequests = new LongAdder();
  private final LongAdder refusedConnections = new LongAdder();
  private final LongAdder madeRoom = new LongAdder();
  private final AtomicInteger open = new AtomicInteger();

  void answered(int status) {
    answers.get(status / 100).increment();
  }

  void sent(long bytes) {
    sent.add(bytes);
  }

  /** A chunk came from the store later than a player likes. */
  void stalled() {
    stalls.increment();
  }

  /** A body ended before its end. */
  void cut() {
    cut.increment();
  }

  /** A client did not send or take in time. */
  void slow() {
    slow.increment();
  }

  void refusedRequest() {
    refusedRequests.increment();
  }

  void refusedConnection() {
    refusedConnections.increment();
  }

  /** A connection was closed for another. */
  void madeRoom() {
    madeRoom.increment();
  }

  void open(int connections) {
    open.set(connections);
  }

  /** The readings now. */
  public List<Meter> read() {
    List<Meter> meters = new ArrayList<>();
    for (int hundred = 2; hundred < answers.size(); hundred++) {
      double count = answers.get(hundred).sum();
      Map<String, String> label = Map.of("status", hundred + "xx");
      meters.add(new Meter("gateway.answered.requests", Meter.Kind.COUNTER, count, label));
    }
    meters.add(Meter.counter("gateway.sent.bytes", sent.sum()));
    meters.add(Meter.counter("gateway.stalled.reads", stalls.sum()));
    meters.add(Meter.counter("gateway.cut.answers", cut.sum()));
    meters.add(Meter.counter("gateway.slow.clients", slow.sum()));
    meters.add(Meter.counter("gateway.refused.requests", refusedRequests.sum()));
    meters.add(Meter.counter("gateway.refused.connections", refusedConnections.sum()));
    meters.add(Meter.counter("gateway.replaced.connections", madeRoom.sum()));
    meters.add(Meter.gauge("gateway.open.connections", open.get()));
    return meters;
  }
}
