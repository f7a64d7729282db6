package tv.hearth.management.notify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import tv.hearth.api.datamodel.EventSink;
import tv.hearth.api.datamodel.ModelException;
import tv.hearth.api.datamodel.Parameter;
import tv.hearth.management.model.DataModel;
import tv.hearth.management.model.Found;
import tv.hearth.management.model.PathExpression;
import tv.hearth.management.notify.Pending.Waiting;
import tv.hearth.management.notify.Subscriptions.Subscription;
import tv.hearth.usp.message.Msg;
import tv.hearth.usp.message.Notify;
import tv.hearth.usp.message.Notify.What;
import tv.hearth.usp.message.Outcome;

/**
 * Tells controllers what they subscribed to, again and again where they want it so. Thread-safe.
 */
public final class Notifier implements EventSink {
  /** Notifications that wait for an answer at most. */
  static final int MOST_WAITING = 256;

  private static final long FIRST_WAIT = 5_000;
  private static final int LAST_ATTEMPT = 10;

  private final Subscriptions subscriptions;
  private final DataModel model;
  private final Line line;
  private final InstantSource clock;
  private final Random random;
  private final Pending pending;
  private final Map<Integer, Map<String, String>> seen = new HashMap<>();

  /** The way to a controller. */
  public interface Line {
    /**
     * Hands a message on, durably.
     *
     * @param controller path of its Controller object
     */
    void send(String controller, byte[] message);
  }

  /** With a folder for what waits. */
  public Notifier(
      Subscriptions subscriptions,
      DataModel model,
      Line line,
      Path folder,
      InstantSource clock,
      Random random)
      throws IOException {
    this.subscriptions = subscriptions;
    this.model = model;
    this.line = line;
    this.clock = clock;
    this.random = random;
    this.pending = new Pending(folder, MOST_WAITING);
  }

  @Override
  public void event(String object, String event, Map<String, String> arguments) {
    for (Subscription each : subscriptions.active("Event")) {
      if (covers(each, object + event)) {
        send(each, new Notify.Event(object, event, arguments));
      }
    }
  }

  /** An asynchronous command has ended. */
  public void complete(String object, String command, String commandKey, Outcome outcome) {
    for (Subscription each : subscriptions.active("OperationComplete")) {
      if (covers(each, object + command)) {
        send(each, new Notify.OperationComplete(object, command, commandKey, outcome));
      }
    }
  }

  private static boolean covers(Subscription subscription, String path) {
    return subscription.references().stream().anyMatch(ref -> Reference.covers(ref, path));
  }

  private void send(Subscription to, What what) {
    byte[] token = new byte[8];
    synchronized (random) {
      random.nextBytes(token);
    }
    String id =
        String.format(Locale.ROOT, "n%013d-", clock.millis()) + HexFormat.of().formatHex(token);
    byte[] message = new Msg(id, new Notify(to.id(), to.retry(), what)).encode();
    if (to.retry()) {
      long now = clock.millis();
      long end = to.expirationSeconds() == 0 ? 0 : now + to.expirationSeconds() * 1000;
      pending.add(new Waiting(id, to.recipient(), message, 1, now + wait(1), end));
    }
    line.send(to.recipient(), message);
  }

  /** A controller has that notification. */
  public void received(String messageId) {
    pending.remove(messageId);
  }

  /** Notifications that wait for their controller's word. */
  public int waiting() {
    return pending.size();
  }

  /** Sends again what is due, and looks for changes; to be called every few seconds. */
  public void tick() {
    long now = clock.millis();
    for (Waiting one : pending.due(now)) {
      line.send(one.controller(), one.message());
      pending.sent(one, now + wait(one.attempts() + 1));
    }
    Set<Integer> watched = new HashSet<>();
    watch("ValueChange", this::values, watched);
    watch("ObjectCreation", this::objects, watched);
    watch("ObjectDeletion", this::objects, watched);
    synchronized (seen) {
      // Numbers are never used again: what a subscription saw that is gone would stay for ever.
      seen.keySet().retainAll(watched);
    }
  }

  /** Subscriptions of which it is remembered what they saw last. */
  int remembered() {
    synchronized (seen) {
      return seen.size();
    }
  }

  /** R-NOT.1: between 5 s · 2^(n−1) and twice that, up to the tenth. */
  private long wait(int attempt) {
    long least = FIRST_WAIT << Math.min(attempt, LAST_ATTEMPT) - 1;
    synchronized (random) {
      return least + (long) (random.nextDouble() * least);
    }
  }

  private interface Look {
    Map<String, String> at(PathExpression path) throws ModelException;
  }

  private void watch(String type, Look look, Set<Integer> watched) {
    for (Subscription each : subscriptions.active(type)) {
      watched.add(each.number());
      Map<String, String> now = new LinkedHashMap<>();
      for (String reference : each.references()) {
        try {
          now.putAll(look.at(PathExpression.parse(reference)));
        } catch (ModelException e) {
          // Nothing is there now: what was is missed below.
          continue;
        }
      }
      Map<String, String> before;
      synchronized (seen) {
        before = seen.put(each.number(), now);
      }
      if (before != null) {
        tell(each, before, now);
      }
    }
  }

  private void tell(Subscription to, Map<String, String> before, Map<String, String> now) {
    Predicate<String> isNew = path -> !before.containsKey(path);
    switch (to.type()) {
      case "ValueChange" ->
          now.forEach(
              (path, value) -> {
                if (!isNew.test(path) && !value.equals(before.get(path))) {
                  send(to, new Notify.ValueChange(path, value));
                }
              });
      case "ObjectCreation" ->
          now.keySet().stream()
              .filter(isNew)
              .forEach(path -> send(to, new Notify.ObjectCreation(path, keys(path))));
      default ->
          before.keySet().stream()
              .filter(path -> !now.containsKey(path))
              .forEach(path -> send(to, new Notify.ObjectDeletion(path)));
    }
  }

  private Map<String, String> values(PathExpression path) throws ModelException {
    Map<String, String> values = new LinkedHashMap<>();
    if (path.object()) {
      for (Found found : model.beneath(path, 0)) {
        for (Parameter parameter : found.object().parameters()) {
          values.put(found.path() + parameter.name(), found.value(parameter.name()));
        }
      }
    } else {
      for (Found found : model.at(path.parent())) {
        if (found.parameter(path.last()) != null) {
          values.put(found.path() + path.last(), found.value(path.last()));
        }
      }
    }
    return values;
  }

  private Map<String, String> objects(PathExpression path) throws ModelException {
    Map<String, String> objects = new LinkedHashMap<>();
    for (Found found : model.beneath(path, 0)) {
      if (found.object().path().endsWith("{i}.")) {
        objects.put(found.path(), "");
      }
    }
    return objects;
  }

  private Map<String, String> keys(String path) {
    Map<String, String> keys = new LinkedHashMap<>();
    try {
      for (Found found : model.at(PathExpression.parse(path))) {
        if (found.path().equals(path)) {
          for (List<String> set : found.object().uniqueKeys()) {
            for (String name : set) {
              keys.put(name, found.value(name));
            }
          }
        }
      }
    } catch (ModelException e) {
      // It is gone again: its creation is told without its keys.
      keys.clear();
    }
    return keys;
  }
}
