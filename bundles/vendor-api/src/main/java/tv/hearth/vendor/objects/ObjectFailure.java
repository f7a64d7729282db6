package tv.hearth.vendor.objects;

/**
 * An object can't be stored, read or deleted; the message names the object, the reason and the
 * remedy.
 */
public final class ObjectFailure extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Problem {
    /** No such object, or no such file in it. */
    NOT_FOUND,
    /** This box may not do that: no key, no right. */
    NOT_ALLOWED,
    /** Fewer pieces than needed can be reached now; it may come back. */
    TOO_FEW_PIECES,
    /** Fewer boxes than the class needs, or too few answered. */
    TOO_FEW_BOXES,
    /** No room at the holders, or the household's share is used up. */
    NO_ROOM,
    /** Bytes that don't authenticate from everywhere they could come from. */
    DAMAGED,
    /** A name, range or source that can't be. */
    BAD_REQUEST,
    /** The box is not ready: not enrolled, no map, a bundle being replaced. */
    NOT_READY,
    /** The caller's source failed or ended early. */
    SOURCE
  }

  private final Problem problem;

  /** With a message that names the object, the reason and the remedy. */
  public ObjectFailure(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** As above, without a cause. */
  public ObjectFailure(Problem problem, String message) {
    this(problem, message, null);
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }
}
