package tv.hearth.api.cipher;

/** Bytes don't authenticate, or the key for them is not on this box. */
public final class CipherException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Problem {
    /** The bytes were changed, cut, or belong elsewhere. */
    DAMAGED,
    /** This box was not granted the key. */
    NO_KEY,
    /** A format version that this code does not know. */
    UNKNOWN_FORMAT
  }

  private final Problem problem;

  /** With a message that names the thing. */
  public CipherException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** As above, without a cause. */
  public CipherException(Problem problem, String message) {
    this(problem, message, null);
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }
}
