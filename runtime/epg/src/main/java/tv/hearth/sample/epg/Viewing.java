package tv.hearth.sample.epg;

import java.time.Duration;

/**
 * What the page's player said last. Nobody watches once it has been silent for ten seconds.
 * Thread-safe.
 */
final class Viewing {
  private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();
  private boolean told;
  private long atNanos;
  private int buffered = -1;

  /** The player plays, with so many seconds in its buffer (−1: unknown). */
  synchronized void playing(int bufferedSeconds, long nowNanos) {
    told = true;
    atNanos = nowNanos;
    buffered = bufferedSeconds;
  }

  synchronized boolean isWatched(long nowNanos) {
    return told && nowNanos - atNanos < SILENCE_NANOS;
  }

  /** −1 where unknown, or nobody watches. */
  synchronized int bufferedSeconds(long nowNanos) {
    return isWatched(nowNanos) ? buffered : -1;
  }
}
