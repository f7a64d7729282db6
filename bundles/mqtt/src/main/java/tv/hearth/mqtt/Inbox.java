package tv.hearth.mqtt;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import tv.hearth.api.bus.Message;
import tv.hearth.api.bus.MessageHandler;
import tv.hearth.support.thread.Failures;
import tv.hearth.support.thread.KeptThread;

/**
 * Hands incoming messages to their handlers, in order, on one thread. Bounded by the receive
 * maximum that was announced to the broker: a QoS 1 message is acknowledged after its handlers had
 * it, so a slow handler makes the broker wait. QoS 0 messages that find no room are dropped and
 * counted.
 *
 * <p>A QoS 1 message that no handler wants waits a while in memory for one: handlers are being
 * replaced, or have not started yet. It is acknowledged meanwhile, for HiveMQ sends nothing new to
 * a client that owes it an acknowledgement.
 */
final class Inbox implements AutoCloseable {
  private static final Logger LOG = System.getLogger(Inbox.class.getName());
  private static final long PARK_MILLIS = 30_000;
  private static final int MOST_PARKED = 64;
  private static final int MOST_PARKED_BYTES = 1 << 20;

  private final Handlers handlers;
  private final int window;
  private final Deque<Arrival> queue = new ArrayDeque<>();
  private final Deque<Arrival> parked = new ArrayDeque<>();
  private final KeptThread thread;
  private int parkedBytes;
  private long seen;
  private long delivered;
  private long dropped;
  private long unhandled;
  private long failures;
  private boolean closed;

  /**
   * A message that came.
   *
   * @param line over which connection
   * @param done run once when its handlers had it
   */
  record Arrival(Line line, Message message, long atMillis, Runnable done) {
    Arrival acknowledged() {
      return new Arrival(line, message, atMillis, () -> {});
    }
  }

  /** What happened since the start. */
  record Counts(int waiting, long delivered, long dropped, long unhandled, long failures) {}

  Inbox(Handlers handlers, int window) {
    this.handlers = handlers;
    this.window = window;
    thread = new KeptThread("hearth-mqtt-inbox", LineThreads.PRIORITY, this::run);
  }

  void start() {
    thread.start();
  }

  /** Takes a message; false where the broker sent more than it may. Never blocks. */
  synchronized boolean offer(Arrival arrival) {
    if (queue.size() >= 2 * window) {
      dropped++;
      return arrival.message().qos() == 0;
    }
    queue.addLast(arrival);
    notifyAll();
    return true;
  }

  /** A resumed session sends again what was not acknowledged: what is left of it here goes. */
  synchronized void forgetAllBut(Line line) {
    queue.removeIf(arrival -> arrival.line() != line && arrival.message().qos() > 0);
  }

  /** Handlers came or went. */
  synchronized void handlersChanged() {
    notifyAll();
  }

  synchronized Counts counts() {
    return new Counts(queue.size() + parked.size(), delivered, dropped, unhandled, failures);
  }

  /** Ends the thread; a handler that runs is interrupted. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.close();
    thread.join(100);
  }

  /** What the inbox's thread threw. */
  Failures threadFailures() {
    return thread.failures();
  }

  private void run() throws InterruptedException {
    for (List<Arrival> next = take(); next != null; next = take()) {
      next.forEach(this::deliver);
    }
  }

  /** What can be delivered now, oldest first; null at the end. */
  synchronized List<Arrival> take() throws InterruptedException {
    while (!closed) {
      List<Arrival> ready = wanted();
      if (ready.isEmpty() && !queue.isEmpty()) {
        ready = List.of(queue.removeFirst());
      }
      if (!ready.isEmpty()) {
        return ready;
      }
      wait(parked.isEmpty() ? 0 : PARK_MILLIS / 10);
    }
    return null;
  }

  /** Of the parked ones, those that a handler wants by now, and those whose time is over. */
  private List<Arrival> wanted() {
    if (parked.isEmpty()) {
      return List.of();
    }
    Handlers.View now = handlers.view();
    boolean look = now.revision() != seen;
    seen = now.revision();
    return unpark(each -> overdue(each) || look && !now.of(each.message().topic()).isEmpty());
  }

  /**
   * Hands a message over or parks it. Its handler may have come since it was taken: what waits for
   * that handler goes first, so that nothing is overtaken.
   */
  void deliver(Arrival arrival) {
    Handlers.View now = handlers.view();
    List<MessageHandler> takers = now.of(arrival.message().topic());
    for (Arrival earlier : parkedFor(takers, now)) {
      handOver(earlier, now.of(earlier.message().topic()));
    }
    handOver(arrival, takers);
  }

  private void handOver(Arrival arrival, List<MessageHandler> takers) {
    takers.forEach(handler -> call(handler, arrival.message()));
    boolean kept = takers.isEmpty() && park(arrival);
    synchronized (this) {
      delivered += takers.isEmpty() ? 0 : 1;
      unhandled += takers.isEmpty() && !kept ? 1 : 0;
    }
    acknowledge(arrival);
  }

  /** Where it fails the broker sends the message again; what waits behind it must not be lost. */
  private void acknowledge(Arrival arrival) {
    try {
      arrival.done().run();
    } catch (RuntimeException | Error e) {
      thread.failures().note(e);
    }
  }

  /** Takes out of the parked ones those that one of these handlers wants too. */
  private synchronized List<Arrival> parkedFor(List<MessageHandler> takers, Handlers.View now) {
    return parked.isEmpty() || takers.isEmpty()
        ? List.of()
        : unpark(each -> !Collections.disjoint(now.of(each.message().topic()), takers));
  }

  private List<Arrival> unpark(Predicate<Arrival> which) {
    List<Arrival> out = parked.stream().filter(which).toList();
    parked.removeAll(out);
    parkedBytes -= out.stream().mapToInt(Inbox::size).sum();
    return out;
  }

  private synchronized boolean park(Arrival arrival) {
    boolean worth = arrival.message().qos() > 0 && !arrival.message().retained();
    boolean room = parked.size() < MOST_PARKED && parkedBytes + size(arrival) <= MOST_PARKED_BYTES;
    if (!worth || !room || overdue(arrival)) {
      return false;
    }
    seen = -1;
    parked.addLast(arrival.acknowledged());
    parkedBytes += size(arrival);
    return true;
  }

  private void call(MessageHandler handler, Message message) {
    try {
      handler.received(message);
    } catch (RuntimeException | Error e) { // errors too: what waits behind it must not be lost
      synchronized (this) {
        failures++;
      }
      LOG.log(
          Level.ERROR,
          "handler " + handler.getClass().getName() + " failed on " + message.topic(),
          e);
    }
  }

  private static int size(Arrival arrival) {
    return arrival.message().payload().length() + arrival.message().topic().length();
  }

  private static boolean overdue(Arrival arrival) {
    long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    return now - arrival.atMillis() > PARK_MILLIS;
  }
}
