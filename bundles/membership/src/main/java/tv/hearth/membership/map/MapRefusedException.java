package tv.hearth.membership.map;

/** A map is not believed; the message says why. The one before stays in force. */
public final class MapRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Problem {
    /** Not of the format, or of a version that this software does not know. */
    FORMAT,
    /** Not signed by the operator's root, or not by the map key that the root named. */
    SIGNATURE,
    /** Of an epoch or version before the present one, or another map under its version. */
    ROLLBACK,
    /** Of another neighbourhood. */
    FOREIGN,
    /** The root's delegation is past its time. */
    EXPIRED_DELEGATION
  }

  private final Problem problem;

  /** With a message that names what is wrong. */
  public MapRefusedException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** As above, without a cause. */
  public MapRefusedException(Problem problem, String message) {
    this(problem, message, null);
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }
}
