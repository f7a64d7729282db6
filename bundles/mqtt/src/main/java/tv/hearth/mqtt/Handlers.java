package tv.hearth.mqtt;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tv.hearth.api.bus.MessageHandler;

/** The handlers of the whiteboard and their filters. Thread-safe. */
final class Handlers {
  private static final Logger LOG = System.getLogger(Handlers.class.getName());

  private final Map<MessageHandler, List<String>> filters = new IdentityHashMap<>();
  private final Set<String> fresh = new HashSet<>();
  private final Runnable changed;
  private long revision;

  /** Runs {@code changed} after each change. */
  Handlers(Runnable changed) {
    this.changed = changed;
  }

  /** What handlers want. */
  record Wants(Set<String> all, Set<String> fresh) {}

  /** Adds a handler, or takes its new filters. */
  void put(MessageHandler handler, Map<String, ?> properties) {
    List<String> valid = valid(handler, properties.get(MessageHandler.TOPICS));
    synchronized (this) {
      List<String> before = filters.put(handler, valid);
      valid.stream().filter(each -> before == null || !before.contains(each)).forEach(fresh::add);
      revision++;
    }
    changed.run();
  }

  void remove(MessageHandler handler) {
    synchronized (this) {
      filters.remove(handler);
      revision++;
    }
    changed.run();
  }

  /** Who is here now. */
  synchronized View view() {
    return new View(revision, new IdentityHashMap<>(filters));
  }

  /**
   * The handlers at one moment.
   *
   * @param revision grows with each change
   * @param filters never changed
   */
  record View(long revision, Map<MessageHandler, List<String>> filters) {
    /** Whom a topic concerns. */
    List<MessageHandler> of(String topic) {
      return filters.entrySet().stream()
          .filter(entry -> entry.getValue().stream().anyMatch(each -> Filters.matches(each, topic)))
          .map(Map.Entry::getKey)
          .toList();
    }
  }

  /** All filters, and those that are new since the last call. */
  synchronized Wants take() {
    Set<String> all = new TreeSet<>();
    filters.values().forEach(all::addAll);
    fresh.retainAll(all);
    Wants wants = new Wants(all, Set.copyOf(fresh));
    fresh.clear();
    return wants;
  }

  /** These are to be subscribed to anew: the line was lost before it happened. */
  synchronized void giveBack(Set<String> notDone) {
    fresh.addAll(notDone);
  }

  private static List<String> valid(MessageHandler handler, Object property) {
    List<String> given =
        property instanceof String
            ? List.of((String) property)
            : property instanceof String[] ? List.of((String[]) property) : List.of();
    for (String filter : given) {
      if (!Filters.valid(filter)) {
        LOG.log(Level.ERROR, "{0}: ''{1}'' is no topic filter", handler.getClass(), filter);
      }
    }
    if (given.isEmpty()) {
      LOG.log(
          Level.WARNING,
          "{0} has no {1} and gets nothing",
          handler.getClass(),
          MessageHandler.TOPICS);
    }
    return given.stream().filter(Filters::valid).distinct().toList();
  }
}
