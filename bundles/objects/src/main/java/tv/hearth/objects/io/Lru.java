package tv.hearth.objects.io;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToIntFunction;

/** A map that forgets the longest unused once its weights exceed a bound. Thread-safe. */
public final class Lru<K, V> {
  private final int most;
  private final ToIntFunction<V> weight;
  private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
  private long total;

  /** Holds values of at most {@code most} together. */
  public Lru(int most, ToIntFunction<V> weight) {
    this.most = most;
    this.weight = weight;
  }

  /** A value, or null. */
  public synchronized V get(K key) {
    return entries.get(key);
  }

  /** Keeps a value; the last one even if it is too heavy. */
  public synchronized void put(K key, V value) {
    remove(key);
    entries.put(key, value);
    total += weight.applyAsInt(value);
    var eldest = entries.entrySet().iterator();
    while (total > most && entries.size() > 1) {
      total -= weight.applyAsInt(eldest.next().getValue());
      eldest.remove();
    }
  }

  /** Forgets one. */
  public synchronized void remove(K key) {
    V old = entries.remove(key);
    if (old != null) {
      total -= weight.applyAsInt(old);
    }
  }
}
