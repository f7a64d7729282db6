package tv.hearth.tuf.client;

/**
 * Bounds of a refresh; lengths in bytes.
 *
 * @param rootRotations new roots in one refresh
 * @param delegations roles looked into for one target
 */
public record TufLimits(
    int rootRotations, int delegations, int root, int timestamp, int snapshot, int targets) {
  /** What the specification's other clients use. */
  public static TufLimits standard() {
    return new TufLimits(256, 32, 512_000, 16_384, 2_000_000, 5_000_000);
  }
}
