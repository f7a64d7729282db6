package tv.hearth.headend.registry.fleet;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tv.hearth.api.neighbourhood.MapBox;

/**
 * Which boxes have been silent for too long. A live box gives signs: the broker tells when it comes
 * and goes, and it renews its certificate every fifteen days. The operator's own ingest nodes stay.
 * Pure.
 *
 * @param most how long; zero: for ever
 */
public record Silence(Duration most) {
  /** By then a live box has renewed twice, whatever the broker says of it. */
  private static final Duration SURELY = Duration.ofDays(45);

  /** A clock that jumps, or a line that was cut for months, must not empty a neighbourhood. */
  private static final int SHARE = 10;

  /** Those to be removed today, the longest silent first: at most a tenth, but one at least. */
  public List<FleetBox> over(List<FleetBox> fleet, Instant now) {
    if (most.isZero()) {
      return List.of();
    }
    long members = fleet.stream().filter(FleetBox::isMember).count();
    return fleet.stream()
        .filter(box -> isOver(box, now))
        .sorted(Comparator.comparing(Silence::lastSign))
        .limit(Math.max(1, members / SHARE))
        .toList();
  }

  private boolean isOver(FleetBox box, Instant now) {
    Duration silent = Duration.between(lastSign(box), now);
    boolean away = !box.online() || silent.compareTo(SURELY) > 0;
    boolean counts = box.isMember() && box.state() != MapBox.State.INGEST;
    return counts && away && silent.compareTo(most) > 0;
  }

  private static Instant lastSign(FleetBox box) {
    return Stream.of(box.lastSeen(), box.enrolled(), box.departure().since())
        .max(Instant::compareTo)
        .orElseThrow();
  }
}
