package tv.hearth.headend.registry.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * When the headend may judge who is silent: it has heard the broker for a while, for what happened
 * while it was away comes in then; and once a day. Not thread-safe.
 */
public final class SilenceWatch {
  /** From the line to the broker being up to the first judgement. */
  static final Duration LISTEN = Duration.ofMinutes(15);

  private static final Duration EVERY = Duration.ofDays(1);

  private final Silence silence;
  private Instant listening = Instant.MAX;
  private Instant judged = Instant.MIN;

  /** With its rule. */
  public SilenceWatch(Silence silence) {
    this.silence = silence;
  }

  /** True where it is time to judge. */
  public boolean isDue(boolean connected, Instant now) {
    if (!connected) {
      listening = Instant.MAX;
      return false;
    }
    listening = listening.isAfter(now) ? now : listening;
    return Duration.between(listening, now).compareTo(LISTEN) >= 0
        && (judged.equals(Instant.MIN) || Duration.between(judged, now).compareTo(EVERY) >= 0);
  }

  /** The boxes to be removed now, as they are then; the next judgement is a day away. */
  public List<FleetBox> judge(List<FleetBox> fleet, Instant now) {
    judged = now;
    return silence.over(fleet, now).stream()
        .map(box -> box.removed(Departure.Why.SILENT, now))
        .toList();
  }
}
