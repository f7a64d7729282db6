package tv.hearth.update.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.support.release.SetRecord;

/**
 * Judges a trial by what is seen of it, a look a second. Short troubles are borne: a service may be
 * late, a probe may fail while something else restarts. Not thread-safe.
 */
final class HealthWatch {
  /** Looks during which nothing counts: bundles are still on their way up. */
  private static final int MOST_SETTLING = 10;

  /** Looks in a row that make a bundle dead. */
  private static final int DEAD = 3;

  private final Ports.Vitals vitals;
  private final SetRecord set;
  private final List<String> services;
  private final List<String> ailingBefore;
  private final int settling;
  private int looks;
  private int idleInRow;
  private int ailingInRow;

  HealthWatch(
      Ports.Vitals vitals, SetRecord set, List<String> services, List<String> ailingBefore) {
    this.vitals = vitals;
    this.set = set;
    this.services = services;
    this.ailingBefore = ailingBefore;
    this.settling = Math.min(MOST_SETTLING, set.windowSeconds() / 3);
  }

  /** One look; what makes the trial fail now, if anything does. */
  Optional<String> look() {
    looks++;
    List<String> idle = vitals.idle(set);
    List<String> ailing = ailing();
    idleInRow = idle.isEmpty() ? 0 : idleInRow + 1;
    ailingInRow = ailing.isEmpty() ? 0 : ailingInRow + 1;
    boolean isLast = looks >= set.windowSeconds();
    List<String> troubles = new ArrayList<>();
    if (looks > settling && idleInRow >= DEAD || isLast && !idle.isEmpty()) {
      troubles.add("not running: " + String.join(", ", idle));
    }
    if (looks > settling && ailingInRow > Math.max(DEAD, set.windowSeconds() / 2)
        || isLast && !ailing.isEmpty()) {
      troubles.addAll(ailing);
    }
    if (isLast) {
      List<String> now = vitals.services();
      services.stream()
          .filter(service -> !isThere(service, now))
          .forEach(service -> troubles.add("not offered any more: " + service));
    }
    return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles));
  }

  /** True once the window is over. */
  boolean isOver() {
    return looks >= set.windowSeconds();
  }

  /** By the bundle that offered it, or, where the set has that no more, by any. */
  private boolean isThere(String service, List<String> now) {
    int space = service.indexOf(' ') + 1;
    return set.unit(service.substring(space)).isPresent()
        ? now.contains(service)
        : now.stream().anyMatch(each -> each.startsWith(service.substring(0, space)));
  }

  private List<String> ailing() {
    List<String> now = new ArrayList<>();
    for (Map.Entry<String, String> probe : vitals.ailing().entrySet()) {
      if (!ailingBefore.contains(probe.getKey())) {
        now.add(probe.getKey() + " fails: " + probe.getValue());
      }
    }
    return now;
  }
}
