package tv.hearth.objects.io;

import tv.hearth.api.cipher.CipherException;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.pieces.StoreException;
import tv.hearth.support.gate.ServiceMissingException;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectFailure.Problem;

/** Makes of other bundles' exceptions what a caller of the object store may see. */
public final class Failures {
  private Failures() {}

  /** A failure of {@code doing} (e.g. {@code "put film X"}). */
  public static ObjectFailure of(String doing, Exception e) {
    if (e instanceof ObjectFailure) {
      return (ObjectFailure) e;
    }
    if (isUnforeseen(e)) {
      System.getLogger(Failures.class.getName())
          .log(System.Logger.Level.WARNING, doing + ": nobody foresaw this", e);
      return new ObjectFailure(
          Problem.NOT_READY,
          doing + ": failed for a reason that is not known; this box's log says more: " + e,
          e);
    }
    return new ObjectFailure(problem(e), doing + ": " + e.getMessage(), e);
  }

  private static Problem problem(Exception e) {
    if (e instanceof CipherException) {
      return ((CipherException) e).problem() == CipherException.Problem.NO_KEY
          ? Problem.NOT_ALLOWED
          : Problem.DAMAGED;
    } else if (e instanceof IdentityException) {
      boolean none = ((IdentityException) e).problem() == IdentityException.Problem.NO_SUCH_KEY;
      return none ? Problem.NOT_ALLOWED : Problem.NOT_READY;
    } else if (e instanceof StoreException) {
      return stored(((StoreException) e).problem());
    }
    return Problem.NOT_READY;
  }

  private static boolean isUnforeseen(Exception e) {
    return !(e instanceof CipherException
        || e instanceof IdentityException
        || e instanceof StoreException
        || e instanceof ServiceMissingException);
  }

  private static Problem stored(StoreException.Problem problem) {
    return switch (problem) {
      case QUOTA, DISK_FULL -> Problem.NO_ROOM;
      case DAMAGED -> Problem.DAMAGED;
      case NOT_FOUND -> Problem.TOO_FEW_PIECES;
      default -> Problem.NOT_READY;
    };
  }
}
