package tv.hearth.mqtt;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which filters to subscribe to and to leave: a pure function of who wants what and of what the
 * broker has. A filter that nobody wants any more is kept for a while, so that a handler which is
 * being replaced misses nothing. Not thread-safe.
 */
final class Subscriptions {
  private final long lingerMillis;
  private final Set<String> held = new HashSet<>();
  private final Map<String, Long> left = new TreeMap<>();

  Subscriptions(long lingerMillis) {
    this.lingerMillis = lingerMillis;
  }

  /**
   * A filter to subscribe to.
   *
   * @param sendRetained also where the broker has the subscription already
   */
  record Wish(String filter, boolean sendRetained) {}

  /** What to do now. */
  record Plan(List<Wish> subscribe, List<String> unsubscribe) {}

  /** A new connection: all is to be subscribed to again. */
  void connected() {
    held.clear();
    left.clear();
  }

  /**
   * What to do so that the broker has what is wanted.
   *
   * @param wanted all filters that handlers have
   * @param fresh those of them whose handler came since the last plan and wants retained messages
   * @param nowMillis any steady clock
   */
  Plan plan(Collection<String> wanted, Set<String> fresh, long nowMillis) {
    List<Wish> subscribe = new ArrayList<>();
    for (String filter : new TreeSet<>(wanted)) {
      left.remove(filter);
      if (held.add(filter) || fresh.contains(filter)) {
        subscribe.add(new Wish(filter, fresh.contains(filter)));
      }
    }
    List<String> unsubscribe = new ArrayList<>();
    for (String filter : new TreeSet<>(held)) {
      if (!wanted.contains(filter) && nowMillis - since(filter, nowMillis) >= lingerMillis) {
        left.remove(filter);
        held.remove(filter);
        unsubscribe.add(filter);
      }
    }
    return new Plan(List.copyOf(subscribe), List.copyOf(unsubscribe));
  }

  private long since(String filter, long nowMillis) {
    return left.computeIfAbsent(filter, key -> nowMillis);
  }
}
