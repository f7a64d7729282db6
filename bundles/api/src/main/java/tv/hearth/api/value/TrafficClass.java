package tv.hearth.api.value;

/**
 * What bytes on the line are for, most urgent first. Everything from {@link #REPAIR} on is
 * background.
 */
public enum TrafficClass {
  /** A member of the household waits for it now. */
  HOUSEHOLD,
  /** A film being watched, here or at a neighbour's. */
  STREAM,
  /** Lost pieces being regenerated. */
  REPAIR,
  /** Backups and films that are pushed ahead of time. */
  BACKUP,
  /** Inputs and results of work units. */
  WORK;

  /** True where the traffic should yield to everybody else's (DSCP lower effort, RFC 8622). */
  public boolean isBackground() {
    return compareTo(REPAIR) >= 0;
  }
}
