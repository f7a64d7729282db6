package tv.hearth.update.plan;

import tv.hearth.api.update.UpdateException.Problem;
import tv.hearth.tuf.client.TufException;

/**
 * What a refusal by The Update Framework's client says of the repository. Only what came whole and
 * is wrong is untrusted: one box that says so stops its whole fleet. Pure.
 */
public final class Verdicts {
  private Verdicts() {}

  /**
   * For callers.
   *
   * @param cut what it is where the end is missing: the line's fault, and nobody's who signs
   */
  public static Problem of(TufException.Problem refusal, Problem cut) {
    return switch (refusal) {
      case CUT_SHORT -> cut;
      case EXPIRED -> Problem.EXPIRED;
      case SIGNATURE, ROLLBACK, MIX_AND_MATCH, LENGTH, HASH, MALFORMED -> Problem.UNTRUSTED;
    };
  }
}
