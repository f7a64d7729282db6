package tv.hearth.objects.io;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import tv.hearth.api.telemetry.Meter;
import tv.hearth.objects.core.Unsure;

/** What the pipeline counts. Thread-safe. */
public final class ObjectMeters {
  /** A counter; its meter's name is {@code objects.} and the constant's, with dots. */
  public enum Count {
    /** Bytes of content put. */
    PUT_BYTES,
    /** Puts acknowledged. */
    PUT_DONE,
    /** Puts that failed whole. */
    PUT_FAILED,
    /** Holders given up in the middle of a put. */
    PUT_HOLDERS_LOST,
    /** Pieces made again for another holder during a put. */
    PUT_PIECES_REPAIRED,
    /** Bytes of content read. */
    READ_BYTES,
    /** Runs of stripes that had to be restored from parity. */
    READ_RESTORES,
    /** Further holders asked because others failed or were late. */
    READ_HEDGES,
    /** Answers whose bytes did not verify. */
    READ_LIES,
    /** Holders that did not answer. */
    READ_DEAD,
    /** Pieces that their holders signed for and don't have, or have damaged. */
    READ_MISSING,
    /** Reads that waited longer than a second for their bytes. */
    READ_STALLS,
    /** Reads that failed. */
    READ_FAILED,
    /** Names that were read from fewer replicas than a quorum: what came may be old. */
    READ_UNSURE,
    /** Records from replicas that did not verify. */
    RECORDS_REFUSED,
    /** Objects deleted. */
    DELETED
  }

  private final Map<Count, LongAdder> counts = new EnumMap<>(Count.class);

  private final Unsure unsure = new Unsure(System::nanoTime);

  /** All at 0. */
  public ObjectMeters() {
    for (Count each : Count.values()) {
      counts.put(each, new LongAdder());
    }
  }

  /** Counts one. */
  public void add(Count count) {
    add(count, 1);
  }

  /** Counts {@code amount}. */
  public void add(Count count, long amount) {
    counts.get(count).add(amount);
  }

  /** A name was read from fewer replicas than a quorum. */
  public void unsure() {
    add(Count.READ_UNSURE);
    unsure.note();
  }

  /** For health: whether what was read of late may be old; empty where it is not. */
  public String mayBeOld() {
    return unsure.trouble();
  }

  /** A counter's value. */
  public long get(Count count) {
    return counts.get(count).sum();
  }

  /** The readings. */
  public List<Meter> read() {
    List<Meter> meters = new ArrayList<>();
    for (Count each : Count.values()) {
      String name = "objects." + each.name().toLowerCase(Locale.ROOT).replace('_', '.');
      meters.add(Meter.counter(name, get(each)));
    }
    return meters;
  }
}
