package tv.hearth.objects.core;

/**
 * How many replicas must have answered before their silence about a record means that there is
 * none. A record is acknowledged once a few of its replicas have it, so "no" is said only after so
 * many answers that one of those few is among them, and after a majority's. What this box itself
 * lacks says nothing, for it may be new, or may have lost its records. Pure.
 */
public final class Quorum {
  private Quorum() {}

  /**
   * Answers of neighbours that make a statement.
   *
   * @param replicas all that keep the record, this box among them or not
   * @param neighbours those of them that are other boxes
   * @param acknowledged how many have it before its writer is told so
   */
  public static int of(int replicas, int neighbours, int acknowledged) {
    int meets = replicas - Math.min(acknowledged, replicas) + 1;
    return Math.min(neighbours, Math.max(replicas / 2 + 1, meets));
  }
}
