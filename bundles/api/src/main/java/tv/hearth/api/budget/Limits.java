package tv.hearth.api.budget;

/**
 * Limits as values. Each bundle owns its threads and buffers and keeps within them.
 *
 * @param cpuShare share of one core that background work may take, 0…1 per core of the machine
 * @param diskBytes bytes on flash or disk that all pieces and records together may take
 * @param uplinkBytesPerSecond all classes together, leaving this box for other boxes
 * @param downlinkBytesPerSecond all classes together, coming to this box from other boxes
 * @param backgroundUplinkBytesPerSecond of the uplink, what classes from REPAIR on may take
 */
public record Limits(
    double cpuShare,
    long diskBytes,
    long uplinkBytesPerSecond,
    long downlinkBytesPerSecond,
    long backgroundUplinkBytesPerSecond) {

  /**
   * Holds where nobody says more: a tenth of a core, 4 GiB of disk, 1 MB/s up (one HD stream's
   * worth), 4 MB/s down, a quarter of a MB/s in the background. Small enough for a DSL line with
   * somebody watching.
   */
  public static final Limits LEAST = new Limits(0.1, 4L << 30, 1_000_000, 4_000_000, 250_000);

  /** Throws {@link IllegalArgumentException} for negative limits. */
  public Limits {
    if (cpuShare < 0
        || diskBytes < 0
        || uplinkBytesPerSecond < 0
        || downlinkBytesPerSecond < 0
        || backgroundUplinkBytesPerSecond < 0) {
      throw new IllegalArgumentException("a limit can't be negative");
    }
  }
}
