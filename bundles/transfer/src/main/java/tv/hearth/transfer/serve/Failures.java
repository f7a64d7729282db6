package tv.hearth.transfer.serve;

import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.transfer.core.Refusal;

/** What a failure of this box means to the neighbour who asked. */
public final class Failures {
  private static final System.Logger LOG = System.getLogger(Failures.class.getName());

  private Failures() {}

  /** As a refusal; what nobody foresaw is logged and says no more than that. */
  public static Refusal refusal(Throwable failure) {
    if (failure instanceof Refusal refusal) {
      return refusal;
    } else if (failure instanceof StoreException store) {
      return new Refusal(problem(store.problem()), store.getMessage());
    } else if (failure instanceof ServiceMissingException || failure instanceof IdentityException) {
      return new Refusal(Problem.NOT_READY, failure.getMessage());
    }
    LOG.log(System.Logger.Level.WARNING, "a neighbour's request failed here", failure);
    return new Refusal(Problem.UNKNOWN, 500, "this box failed; its log says why");
  }

  private static Problem problem(StoreException.Problem problem) {
    switch (problem) {
      case NOT_FOUND:
        return Problem.NOT_FOUND;
      case DAMAGED:
        return Problem.DAMAGED;
      case CONFLICT:
        return Problem.CONFLICT;
      case QUOTA:
      case DISK_FULL:
        return Problem.NO_ROOM;
      case READ_ONLY:
      case IO:
        return Problem.DISK;
      case NOT_READY:
        return Problem.NOT_READY;
      default:
        return Problem.UNKNOWN;
    }
  }
}
