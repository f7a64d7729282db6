package tv.hearth.objects.core;

import java.util.function.LongSupplier;

/**
 * Names that were read from fewer boxes than can be sure of them, for health: what came may be an
 * older version, and whoever reads can't see that. Thread-safe.
 */
public final class Unsure {
  /** One that is older than this is not told any more, nanoseconds. */
  static final long SHOWN = 60_000_000_000L;

  private final LongSupplier nanos;
  private long count;
  private long last;

  /**
   * None yet.
   *
   * @param nanos a steady clock
   */
  public Unsure(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** One was read so; those before it count as long as there is no pause between them. */
  public synchronized void note() {
    long now = nanos.getAsLong();
    count = count > 0 && now - last < SHOWN ? count + 1 : 1;
    last = now;
  }

  /** For health; empty where all was sure for a minute. */
  public synchronized String trouble() {
    return count == 0 || nanos.getAsLong() - last >= SHOWN
        ? ""
        : "too few boxes answer to be sure which version is the newest: "
            + count
            + " reads of late may have given an older one; switch on what is off";
  }
}
