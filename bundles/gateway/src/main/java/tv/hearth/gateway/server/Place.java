package tv.hearth.gateway.server;

import java.net.InetAddress;

/**
 * A connection among those that are open: whose it is, and what it waits for since when. Used on
 * the event loop alone.
 */
final class Place {
  private final InetAddress device;
  private final boolean own;
  private Phase phase = Phase.ASKING;
  private long since;

  /** What a connection waits for. */
  enum Phase {
    /** For its client to send a request whole; idle connections are among these. */
    ASKING,
    /** For the store. */
    WORKING,
    /** For its client to take what was written. */
    TAKING,
    /** For its client to close. */
    ENDING
  }

  /**
   * One that asks.
   *
   * @param device the address at the other end
   * @param own whether that is this box itself
   * @param now nanoseconds of a clock that only grows
   */
  Place(InetAddress device, boolean own, long now) {
    this.device = device;
    this.own = own;
    this.since = now;
  }

  /** It waits for that from now on. */
  void enters(Phase next, long now) {
    phase = next;
    since = now;
  }

  /** True where it is this box's own. */
  boolean isOwn() {
    return own;
  }

  boolean isOf(InetAddress other) {
    return device.equals(other);
  }

  InetAddress device() {
    return device;
  }

  Phase phase() {
    return phase;
  }

  /** Nanoseconds for which it has waited. */
  long waited(long now) {
    return now - since;
  }
}
