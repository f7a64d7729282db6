package tv.hearth.headend.campaign.telemetry;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Telemetry;

/**
 * Holds what boxes report after an update against what the same boxes reported in the day before.
 * An error, stall or restart count may reach the gates' factor times its past, and never fewer than
 * a few, so that one error after a quiet day stops nothing.
 *
 * <p>It is asked every second, for each box that took the release, so it keeps a sum for each: a
 * day of samples is read once a box, of few boxes at a time, and what comes later is added.
 * Thread-safe.
 */
public final class History implements Telemetry {
  /** How far back the past reaches. */
  public static final long PAST_MILLIS = 86_400_000;

  private static final double HOUR_MILLIS = 3_600_000;
  private static final double FEW = 3;
  private static final double FEW_RESTARTS = 1;

  /** Boxes whose samples are read in one call at most; the others are read in the next ones. */
  static final int MOST_READ = 16;

  private final Samples samples;
  private final Map<String, Tally> tallies = new HashMap<>();

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

  /** Takes samples that have just been kept; those of boxes that nobody watches cost nothing. */
  public synchronized void came(List<Sample> kept) {
    for (Sample sample : kept) {
      Tally tally = tallies.get(sample.box());
      if (tally != null) {
        tally.take(sample);
      }
    }
  }

  @Override
  public synchronized Verdict judge(Collection<String> boxes, Gates gates, long since, long now) {
    tallies.keySet().retainAll(new HashSet<>(boxes));
    Sum before = new Sum();
    Sum after = new Sum();
    int reported = 0;
    int reads = 0;
    boolean isWhole = true;
    for (String box : boxes) {
      Tally tally = tallies.get(box);
      boolean missing = tally == null || tally.since != since;
      if ((missing || tally.isStale) && reads < MOST_READ) {
        reads++;
        tally = read(box, since);
        tallies.put(box, tally);
      } else if (missing) {
        isWhole = false;
        continue;
      }
      before.add(tally.before);
      after.add(tally.after);
      reported += tally.isFresh ? 1 : 0;
    }
    String reason = isWhole ? verdict(before, after, gates) : "";
    return new Verdict(reason.isEmpty(), reason, reported, isWhole);
  }

  private Tally read(String box, long since) {
    Tally tally = new Tally(since);
    samples.of(box, since - PAST_MILLIS).forEach(tally::take);
    return tally;
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

  /** One box, before and after its update. */
  private static final class Tally {
    final long since;
    final Sum before = new Sum();
    final Sum after = new Sum();
    boolean isFresh;

    /** A report came that is older than one before it: the sums lack it until it is read again. */
    boolean isStale;

    private Sample last;

    Tally(long since) {
      this.since = since;
    }

    void take(Sample sample) {
      if (last != null && sample.millis() <= last.millis()) {
        isStale |= sample.millis() < last.millis() && sample.millis() >= since - PAST_MILLIS;
        return;
      }
      boolean isAfter = sample.millis() > since;
      if (last != null) {
        (isAfter ? after : before).add(last, sample, isAfter && last.millis() <= since);
      }
      isFresh |= isAfter;
      last = sample;
    }
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

    void add(Sum other) {
      errors += other.errors;
      stalls += other.stalls;
      restarts += other.restarts;
      millis += other.millis;
    }
  }
}
