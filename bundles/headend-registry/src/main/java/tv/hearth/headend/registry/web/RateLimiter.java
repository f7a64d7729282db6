package tv.hearth.headend.registry.web;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket for each of at most {@code most} keys; the least recently seen is forgotten first.
 * Time is a parameter. Thread-safe.
 */
final class RateLimiter {
  private final double perNano;
  private final int burst;
  private final Map<Object, Bucket> buckets;

  RateLimiter(double perSecond, int burst, int most) {
    this.perNano = perSecond / 1e9;
    this.burst = burst;
    this.buckets =
        new LinkedHashMap<>(64, 0.75f, true) {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Object, Bucket> eldest) {
            return size() > most;
          }
        };
  }

  /** Takes a token of {@code key} if there is one. */
  synchronized boolean allow(Object key, long nowNanos) {
    Bucket bucket = buckets.computeIfAbsent(key, k -> new Bucket(burst, nowNanos));
    bucket.tokens = Math.min(burst, bucket.tokens + (nowNanos - bucket.at) * perNano);
    bucket.at = nowNanos;
    if (bucket.tokens < 1) {
      return false;
    }
    bucket.tokens--;
    return true;
  }

  private static final class Bucket {
    double tokens;
    long at;

    Bucket(double tokens, long at) {
      this.tokens = tokens;
      this.at = at;
    }
  }
}
