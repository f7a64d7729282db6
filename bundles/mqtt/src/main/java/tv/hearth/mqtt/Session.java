package tv.hearth.mqtt;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.UserProperty;
import tv.hearth.api.bus.Message;
import tv.hearth.support.thread.Failures;
import tv.hearth.support.thread.KeptThread;

/**
 * Keeps one connection with the broker: waits until this node is enrolled, connects, subscribes for
 * the handlers, sends the outbox, and after a loss begins again after a random wait. One thread of
 * its own, which goes on whatever fails on it; thread-safe.
 */
final class Session implements LineEvents, AutoCloseable {
  private static final Logger LOG = System.getLogger(Session.class.getName());
  private static final long TICK_MILLIS = 2_000;
  private static final long LINGER_MILLIS = 30_000;

  /** A line that held for so long was a good one: the next wait is short again. */
  private static final long GOOD_MILLIS = 30_000;

  /** The head of the outbox is given up after so many lines were lost with it on its way. */
  private static final int MOST_TRIES = 16;

  private final SessionSettings settings;
  private final Node node;
  private final Outbox outbox;
  private final Handlers handlers;
  private final Inbox inbox;
  private final RandomGenerator random;
  private final Signal signal = new Signal();
  private final Subscriptions subscriptions = new Subscriptions(LINGER_MILLIS);
  private final Set<Long> flying = new HashSet<>();
  private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
  private final Takeovers takeovers = new Takeovers();
  private final AtomicLong connects = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();
  private final KeptThread thread;
  private volatile Line line;
  private volatile boolean up;
  private volatile boolean listening;
  private volatile String trouble = "not connected yet";
  private int failures;
  private long head;
  private int headTries;

  /** What the broker said to a message. */
  private record Answer(Line line, long number, String refusal) {}

  Session(
      SessionSettings settings,
      Node node,
      Outbox outbox,
      Handlers handlers,
      Inbox inbox,
      RandomGenerator random) {
    this.settings = settings;
    this.node = node;
    this.outbox = outbox;
    this.handlers = handlers;
    this.inbox = inbox;
    this.random = random;
    thread = new KeptThread("hearth-mqtt", LineThreads.PRIORITY, this::run);
  }

  void start() {
    thread.start();
  }

  /** Something changed: the outbox, the handlers. */
  void wake() {
    signal.raise();
  }

  /** True once the handlers' topics are subscribed to as well. */
  boolean connected() {
    Line now = line;
    return listening && up && now != null && now.connected();
  }

  boolean offer(Message message) {
    Line now = line;
    return connected() && now.offer(message.topic(), Wire.out(message, message.expiry()));
  }

  /** Why there is no connection, or what is wrong with it; else empty. */
  String trouble() {
    String twin = takeovers.trouble(Moment.now().ticksMillis());
    return connected() || !twin.isEmpty() ? twin : trouble;
  }

  /** How often another node took the session. */
  long takeovers() {
    return takeovers.count();
  }

  long connects() {
    return connects.get();
  }

  /** What the session's thread threw. */
  Failures threadFailures() {
    return thread.failures();
  }

  long refused() {
    return refused.get();
  }

  /** Ends line and thread; what is in the outbox stays. */
  @Override
  public void close() {
    thread.close();
    signal.raise();
    Line now = line;
    if (now != null) {
      now.close();
    }
    thread.join(200);
  }

  @Override
  public void arrived(Line from, String topic, MqttMessage message) {
    int id = message.getId();
    int qos = message.getQos();
    Runnable done = qos == 0 ? () -> {} : () -> from.acknowledge(id, qos);
    long now = Moment.now().ticksMillis();
    if (!inbox.offer(new Inbox.Arrival(from, Wire.in(topic, message), now, done))) {
      from.fail("the broker sent more than it was allowed to");
    }
  }

  @Override
  public void takenOver(Line which) {
    takeovers.note(Moment.now().ticksMillis());
  }

  @Override
  public void lost(Line which, String why) {
    if (which == line) {
      up = false;
      trouble = "lost: " + why;
      signal.raise();
    }
  }

  /** Only notes it: Paho interrupts its threads at will, and the outbox writes files. */
  @Override
  public void answered(Line from, long number, String refusal) {
    answers.add(new Answer(from, number, refusal));
    signal.raise();
  }

  private void run() throws InterruptedException {
    while (!thread.closed()) {
      if (node.ready()) {
        attempt();
      } else {
        trouble = "waits for enrolment";
        signal.await(TICK_MILLIS / 4);
      }
    }
  }

  private void attempt() throws InterruptedException {
    long began = Moment.now().ticksMillis();
    boolean again = false;
    try (Line made = Line.make(node.line(settings), this)) {
      line = made;
      again = serve(made, made.connect());
    } catch (IOException e) {
      complain(e);
    } finally {
      up = false;
      listening = false;
      landAll(line);
      line = null;
    }
    boolean good = Moment.now().ticksMillis() - began > GOOD_MILLIS;
    failures = good ? 0 : failures;
    if (!again && !thread.closed()) {
      long now = Moment.now().ticksMillis();
      long usual = settings.backoff().waitMillis(failures++, random);
      pause(usual + takeovers.waitMillis(now));
    }
  }

  /** Until the line is lost; true where it was left on purpose. */
  private boolean serve(Line made, Line.Welcome welcome) throws IOException, InterruptedException {
    connects.incrementAndGet();
    if (welcome.sessionPresent()) {
      inbox.forgetAllBut(made);
    }
    up = true;
    subscriptions.connected();
    node.stateTopic(settings).ifPresent(topic -> publishState(made, topic));
    LOG.log(Level.INFO, "connected with {0}", settings.broker());
    long generation = node.generation();
    int window = Math.max(1, Math.min(settings.inFlight(), welcome.window() - 1));
    while (!thread.closed() && up && made.connected()) {
      if (node.generation() != generation) {
        LOG.log(Level.INFO, "this node has a new certificate: connecting with it");
        return true;
      }
      follow(made);
      listening = true;
      settle(made);
      send(made, window, welcome.mostPacket());
      signal.await(TICK_MILLIS);
    }
    LOG.log(
        thread.closed() ? Level.DEBUG : Level.WARNING,
        "connection with {0} {1}",
        settings.broker(),
        trouble);
    return false;
  }

  private void settle(Line made) {
    for (Answer answer = answers.poll(); answer != null; answer = answers.poll()) {
      if (answer.line() == made && flying.remove(answer.number())) {
        if (!answer.refusal().isEmpty()) {
          refused.incrementAndGet();
          LOG.log(Level.WARNING, "the broker refused a message for good: {0}", answer.refusal());
        }
        outbox.done(answer.number());
      }
    }
  }

  private void publishState(Line made, String topic) {
    MqttProperties properties = new MqttProperties();
    if (takeovers.twin(Moment.now().ticksMillis())) {
      properties.setUserProperties(List.of(new UserProperty(BoxState.TWIN, "1")));
    }
    made.offer(topic, new MqttMessage(BoxState.ONLINE.bytes(), 1, true, properties));
  }

  private void follow(Line made) throws IOException {
    Handlers.Wants wants = handlers.take();
    boolean done = false;
    try {
      Subscriptions.Plan plan =
          subscriptions.plan(wants.all(), wants.fresh(), Moment.now().ticksMillis());
      if (!plan.subscribe().isEmpty()) {
        made.subscribe(plan.subscribe())
            .forEach(each -> LOG.log(Level.ERROR, "the broker refuses to let us read {0}", each));
      }
      if (!plan.unsubscribe().isEmpty()) {
        made.unsubscribe(plan.unsubscribe());
      }
      done = true;
    } finally {
      if (!done) {
        handlers.giveBack(wants.fresh());
      }
    }
  }

  private void send(Line made, int window, long mostPacket) throws IOException {
    while (flying.size() < window) {
      Optional<Outbox.Entry> next = outbox.next(Moment.now());
      if (next.isEmpty()) {
        return;
      }
      send(made, next.get(), mostPacket);
    }
  }

  private void send(Line made, Outbox.Entry entry, long mostPacket) throws IOException {
    Message message = entry.message();
    if (message.payload().length() + message.topic().length() + 1024L > mostPacket) {
      giveUp(entry.number(), "larger than the broker takes, " + mostPacket + " bytes");
      return;
    }
    flying.add(entry.number());
    made.publish(entry.number(), message.topic(), Wire.out(message, entry.left()));
  }

  private void giveUp(long number, String why) {
    refused.incrementAndGet();
    LOG.log(Level.ERROR, "message {0} is given up: {1}", number, why);
    outbox.done(number);
  }

  /**
   * The line is gone: all that flew goes again, but for a message that brings line after line down.
   */
  private void landAll(Line gone) {
    settle(gone);
    Optional<Long> oldest = flying.stream().min(Long::compare);
    flying.clear();
    outbox.rewind();
    if (oldest.isPresent()) {
      headTries = oldest.get() == head ? headTries + 1 : 1;
      head = oldest.get();
      if (headTries >= MOST_TRIES) {
        giveUp(head, headTries + " connections were lost while it was on its way");
      }
    }
  }

  private void complain(IOException error) {
    boolean news = !error.getMessage().equals(trouble);
    trouble = error.getMessage();
    LOG.log(news && !thread.closed() ? Level.WARNING : Level.DEBUG, trouble);
  }

  private void pause(long millis) throws InterruptedException {
    long end = Moment.now().ticksMillis() + millis;
    for (long left = millis;
        left > 0 && !thread.closed();
        left = end - Moment.now().ticksMillis()) {
      signal.await(left);
    }
  }
}
