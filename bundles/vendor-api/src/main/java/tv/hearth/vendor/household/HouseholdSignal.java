package tv.hearth.vendor.household;

/**
 * Implemented by the vendor's middleware, so that Hearth keeps out of the way of whoever watches.
 * Thread-safe, answers at once.
 */
public interface HouseholdSignal {
  /** What the household does now. */
  Activity activity();

  /** Seconds of playback that the player has in its buffer, or −1 where unknown. */
  int bufferedSeconds();

  /** What a household does. */
  enum Activity {
    /** Nobody watches; the box may do heavy work and be updated. */
    STANDBY,
    /** Somebody watches or zaps. */
    WATCHING,
    /** A recording runs; nothing may disturb the disk or restart anything. */
    RECORDING
  }
}
