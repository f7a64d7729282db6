package tv.hearth.sample.epg;

import java.time.Duration;
import tv.hearth.vendor.household.HouseholdSignal.Activity;

/**
 * What the page's player said last. Nobody watches once it has been silent for ten seconds.
 * Thread-safe.
 */
final class Viewing {
  private static final long SILENCE_NANOS = Duration.ofSeconds(10).toNanos();
  private boolean told;
  private long atNanos;
  private int buffered = -1;

  synchronized void playing(int bufferedSeconds, long nowNanos) {
    told = true;
    atNanos = nowNanos;
    buffered = bufferedSeconds;
  }

  synchronized Activity activity(long nowNanos) {
    return told && nowNanos - atNanos < SILENCE_NANOS ? Activity.WATCHING : Activity.STANDBY;
  }

  synchronized int bufferedSeconds(long nowNanos) {
    return activity(nowNanos) == Activity.WATCHING ? buffered : -1;
  }
}
