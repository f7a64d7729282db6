package tv.hearth.update.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tv.hearth.support.release.Before;
import tv.hearth.support.release.SetRecord;

/**
 * Judges a trial, or a good set that is back, by what is seen of it, a look a second. Short
 * troubles are borne: a service may be late, a probe may fail while something else restarts.
 *
 * <p>A box that the operator can't reach can't be mended by him. So a trial that began with a line
 * to his broker is not over before there is one again: it fails where the broker answers and the
 * line stays away, and waits where the broker itself can't be reached, which is nobody's fault. A
 * trial that began without a line is not judged by it. Not thread-safe.
 */
final class HealthWatch {
  /** Looks during which nothing counts: bundles are still on their way up. */
  private static final int MOST_SETTLING = 10;

  /** Looks in a row that make a bundle dead. */
  private static final int DEAD = 3;

  /** Looks beyond the window, at least, in which the line must come while the broker answers. */
  static final int LEAST_LINE = 120;

  /** Looks beyond the window after which a broker that can't be reached fails the trial: a day. */
  static final int MOST_OUTAGE = 86_400;

  /**
   * Looks with a line before a box that started again commits: the headend recalls a box whose
   * campaign has ended every 15 s.
   */
  static final int RECALL = 20;

  /** Looks between two signs of life, once they are due. */
  static final int TELLING = 300;

  private final Ports.Vitals vitals;
  private final SetRecord set;
  private final int window;
  private final Before before;
  private final List<String> missed;
  private final int quiet;
  private final int settling;
  private final int lineNeeded;
  private int looks;
  private int lineInRow;
  private int lineless;
  private boolean isLast;
  private int idleInRow;
  private int ailingInRow;

  private HealthWatch(
      Ports.Vitals vitals,
      SetRecord set,
      int window,
      Before before,
      List<String> beyond,
      int lineNeeded,
      int quiet) {
    this.vitals = vitals;
    this.set = set;
    this.window = window;
    this.before = before;
    this.missed = new ArrayList<>(before.services());
    this.missed.addAll(beyond);
    this.quiet = quiet;
    this.settling = Math.min(MOST_SETTLING, window / 3);
    this.lineNeeded = before.line().isEmpty() ? 0 : lineNeeded;
  }

  /**
   * Of a trial.
   *
   * @param resumed whether the box started again since the switch: what became of the campaign
   *     meanwhile must have reached it before it commits
   */
  static HealthWatch ofTrial(Ports.Vitals vitals, SetRecord set, Before before, boolean resumed) {
    int window = set.windowSeconds();
    return new HealthWatch(vitals, set, window, before, List.of(), resumed ? RECALL : 1, window);
  }

  /**
   * Of the good set after a way back, by the window of the trial that failed. It tells sooner that
   * it still watches: an anchor that knows of no such watch grants a way back ten minutes.
   */
  static HealthWatch ofReturn(Ports.Vitals vitals, SetRecord good, int window, Before before) {
    return new HealthWatch(vitals, good, window, before, before.beyond(), 1, 0);
  }

  /** One look; what is wrong with the set by now, if anything is. */
  Optional<String> look() {
    looks++;
    lineInRow = vitals.line().isEmpty() ? 0 : lineInRow + 1;
    isLast = looks >= window && lineInRow >= lineNeeded;
    // Asked for first: it activates what is only activated once it is asked for.
    List<String> services = isLast ? vitals.services() : List.of();
    List<String> idle = vitals.idle(set);
    List<String> ailing = ailing();
    idleInRow = idle.isEmpty() ? 0 : idleInRow + 1;
    ailingInRow = ailing.isEmpty() ? 0 : ailingInRow + 1;
    List<String> troubles = new ArrayList<>();
    if (looks > settling && idleInRow >= DEAD || isLast && !idle.isEmpty()) {
      troubles.add("not running: " + String.join(", ", idle));
    }
    if (looks > settling && ailingInRow > Math.max(DEAD, window / 2)
        || isLast && !ailing.isEmpty()) {
      troubles.addAll(ailing);
    }
    if (isLast) {
      missed.stream()
          .filter(service -> !isThere(service, services))
          .forEach(service -> troubles.add("not offered any more: " + service));
    } else if (looks >= window && lineInRow == 0) {
      lineTrouble().ifPresent(troubles::add);
    }
    return troubles.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", troubles));
  }

  /** True once the window is over, and the line is back. */
  boolean isOver() {
    return isLast;
  }

  /** True where it takes so much longer than the window that whoever waits should hear of it. */
  boolean isToBeTold() {
    return looks > quiet && (looks - quiet) % TELLING == 0;
  }

  private Optional<String> lineTrouble() {
    if (vitals.answers(before.line())) {
      lineless++;
    }
    if (lineless > Math.max(LEAST_LINE, window)) {
      return Optional.of(
          "no line to the operator's broker at " + before.line() + ", which answers");
    }
    return looks - window > MOST_OUTAGE
        ? Optional.of("the operator's broker at " + before.line() + " was not reached for a day")
        : Optional.empty();
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
      if (!before.ailing().contains(probe.getKey())) {
        now.add(probe.getKey() + " fails: " + probe.getValue());
      }
    }
    return now;
  }
}
