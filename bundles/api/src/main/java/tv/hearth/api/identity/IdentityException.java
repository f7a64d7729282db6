package tv.hearth.api.identity;

/** This node's keys or certificates don't allow what was asked; the message names the remedy. */
public final class IdentityException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Problem {
    /** No certificate yet: enrol first. */
    NOT_ENROLLED,
    /** The key of that role is not on this node. */
    NO_SUCH_KEY,
    /** A certificate is expired, of another operator, or for another key. */
    BAD_CERTIFICATE,
    /** The recovery phrase is wrong, or the wrapped root is damaged. */
    BAD_PHRASE,
    /** The key file can't be read or written. */
    KEY_FILE
  }

  private final Problem problem;

  /** With a message that names the thing and the remedy. */
  public IdentityException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** As above, without a cause. */
  public IdentityException(Problem problem, String message) {
    this(problem, message, null);
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }
}
