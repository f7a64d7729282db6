package tv.hearth.objects.core;

import tv.hearth.vendor.objects.DurabilityClass;
import tv.hearth.vendor.objects.ObjectFailure;

/**
 * A class's figures in a neighbourhood of a given size.
 *
 * @param k pieces that restore a segment
 * @param n pieces of a segment
 * @param ack pieces that must be synced at holders before a put is acknowledged
 */
public record CodeShape(int k, int n, int ack) {
  /**
   * Scales a class: n ≤ N − max(2, ⌊N/8⌋), k in proportion, rounded down, at least 1.
   *
   * @param boxes N: those that take pieces, the owner's own among them
   * @throws ObjectFailure TOO_FEW_BOXES where not even one piece could be lost
   */
  public static CodeShape scaled(DurabilityClass durability, int boxes) throws ObjectFailure {
    int most = boxes - Math.max(2, boxes / 8);
    int n = Math.min(durability.n(), most);
    int k = Math.max(1, durability.k() * Math.max(0, n) / durability.n());
    if (n <= k) {
      throw new ObjectFailure(
          ObjectFailure.Problem.TOO_FEW_BOXES,
          "class "
              + durability.label()
              + " wants at least 4 boxes that take pieces, the map has "
              + boxes
              + ": add boxes to the neighbourhood");
    }
    return new CodeShape(k, n, ackOf(k, n));
  }

  /**
   * A quarter of the redundancy may be missing when a put is acknowledged (at least one piece, so
   * that one dead box does not fail a put), never so much that a further loss is fatal.
   */
  private static int ackOf(int k, int n) {
    int slack = Math.max(1, (n - k) / 4);
    return Math.min(n, Math.max(k + 1, n - slack));
  }
}
