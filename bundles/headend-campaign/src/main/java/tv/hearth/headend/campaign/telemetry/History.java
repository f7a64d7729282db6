package tv.hearth.headend.campaign.telemetry;

import java.util.Collection;
import java.util.List;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Telemetry;

/**
 * Holds what boxes report after an update against what the same boxes reported in the day before.
 * An error, stall or restart count may reach the gates' factor times its past, and never fewer than
 * a few, so that one error after a quiet day stops nothing. Pure.
 */
public final class History implements Telemetry {
  /** How far back the past reaches. */
  public static final long PAST_MILLIS = 86_400_000;

  private static final double HOUR_MILLIS = 3_600_000;
  private static final double FEW = 3;
  private static final double FEW_RESTARTS = 1;
  private final Samples samples;

  /** Over what was reported. */
  public History(Samples samples) {
    this.samples = samples;
  }

  /** Where samples come from. */
  @FunctionalInterface
  public interface Samples {
    /** Of one box, oldest first, none before {@code from}. */
    List<Sample> of(String box, long from);
  }

  @Override
  public Verdict judge(Collection<String> boxes, Gates gates, long since, long now) {
    Sum before = new Sum();
    Sum after = new Sum();
    int reported = 0;
    for (String box : boxes) {
      Sample last = null;
      boolean fresh = false;
      for (Sample sample : samples.of(box, since - PAST_MILLIS)) {
        boolean isAfter = sample.millis() > since;
        if (last != null) {
          (isAfter ? after : before).add(last, sample, isAfter && last.millis() <= since);
        }
        fresh |= isAfter;
        last = sample;
      }
      reported += fresh ? 1 : 0;
    }
    String reason = verdict(before, after, gates);
    return new Verdict(reason.isEmpty(), reason, reported);
  }

  private static String verdict(Sum before, Sum after, Gates gates) {
    double hours = after.millis / HOUR_MILLIS;
    double past = Math.max(before.millis / HOUR_MILLIS, 1 / 60.0);
    String errors =
        over("errors", after.errors, hours, gates, gates.floor(), before.errors / past, FEW);
    String stalls =
        over("stalls", after.stalls, hours, gates, gates.floor(), before.stalls / past, FEW);
    String restarts =
        over("restarts", after.restarts, hours, gates, 0, before.restarts / past, FEW_RESTARTS);
    return !errors.isEmpty() ? errors : !stalls.isEmpty() ? stalls : restarts;
  }

  private static String over(
      String what, double count, double hours, Gates gates, double floor, double past, double few) {
    double allowed = Math.max(few, hours * Math.max(floor, gates.factor() * past));
    if (count <= allowed) {
      return "";
    }
    return String.format(
        java.util.Locale.ROOT,
        "%.0f %s in %.2f box hours, %.1f an hour before; %.0f are allowed",
        count,
        what,
        hours,
        past,
        allowed);
  }

  /** Counts of some boxes over some time. */
  private static final class Sum {
    double errors;
    double stalls;
    double restarts;
    double millis;

    /**
     * Takes what happened between two samples.
     *
     * @param across the update lies between them: of counters, only what began anew since is
     *     counted
     */
    void add(Sample from, Sample to, boolean across) {
      errors += !across || to.errors() < from.errors() ? to.errorsSince(from) : 0;
      stalls += !across || to.stalls() < from.stalls() ? to.stallsSince(from) : 0;
      restarts += to.restartedSince(from) ? 1 : 0;
      millis += Math.max(0, to.millis() - from.millis());
    }
  }
}
