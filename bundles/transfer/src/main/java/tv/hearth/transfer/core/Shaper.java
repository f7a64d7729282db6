package tv.hearth.transfer.core;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import tv.hearth.api.value.TrafficClass;

/**
 * One direction of the line: who may move bytes now. Strict priority by class, first come first
 * served within one; all classes share one bucket, the background ones a second, smaller one
 * besides. Not thread-safe; time comes in.
 *
 * @param <T> whoever waits
 */
public final class Shaper<T> {
  private final TokenBucket all;
  private final TokenBucket background;
  private final Map<TrafficClass, Deque<Demand<T>>> waiting = new EnumMap<>(TrafficClass.class);

  /** Rates are bytes a second; 0 stops the classes concerned. */
  public Shaper(long rate, long backgroundRate, long now) {
    all = new TokenBucket(rate, now);
    background = new TokenBucket(backgroundRate, now);
    for (TrafficClass traffic : TrafficClass.values()) {
      waiting.put(traffic, new ArrayDeque<>());
    }
  }

  /** New rates from now on; what was saved up or owed stays. */
  public void rates(long rate, long backgroundRate, long now) {
    all.rate(rate, now);
    background.rate(backgroundRate, now);
  }

  /** True where {@code bytes} may move at once: nobody of its class or a better one waits. */
  public boolean take(TrafficClass traffic, long bytes, long now) {
    for (TrafficClass other : TrafficClass.values()) {
      if (!waiting.get(other).isEmpty()) {
        return false;
      }
      if (other == traffic) {
        break;
      }
    }
    return grant(traffic, bytes, now);
  }

  /** Queues for {@code bytes}; {@link #poll} gives {@code who} back when its turn comes. */
  public void await(TrafficClass traffic, long bytes, T who) {
    waiting.get(traffic).add(new Demand<>(bytes, who));
  }

  /** Nobody waits for that any more. */
  public void forget(TrafficClass traffic, T who) {
    waiting.get(traffic).removeIf(demand -> demand.who() == who);
  }

  /** The next whose turn it is now, or null. */
  public T poll(long now) {
    for (TrafficClass traffic : TrafficClass.values()) {
      Demand<T> first = waiting.get(traffic).peek();
      if (first != null) {
        if (!grant(traffic, first.bytes(), now)) {
          return null;
        }
        waiting.get(traffic).remove();
        return first.who();
      }
    }
    return null;
  }

  /** Nanoseconds until {@link #poll} is worth asking; {@link Long#MAX_VALUE} if nobody waits. */
  public long delay(long now) {
    for (TrafficClass traffic : TrafficClass.values()) {
      if (!waiting.get(traffic).isEmpty()) {
        long delay = all.delay(now);
        return traffic.isBackground() ? Math.max(delay, background.delay(now)) : delay;
      }
    }
    return Long.MAX_VALUE;
  }

  /** True where anybody waits. */
  public boolean isAwaited() {
    return waiting.values().stream().anyMatch(queue -> !queue.isEmpty());
  }

  private boolean grant(TrafficClass traffic, long bytes, long now) {
    if (!all.open(now) || traffic.isBackground() && !background.open(now)) {
      return false;
    }
    all.take(bytes);
    if (traffic.isBackground()) {
      background.take(bytes);
    }
    return true;
  }

  private record Demand<T>(long bytes, T who) {}
}
