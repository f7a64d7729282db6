package tv.hearth.headend.registry.enrol;

/** A request is refused; the message is for whoever asked and holds no secret. */
public final class RefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why, and the HTTP status that says so. */
  public enum Problem {
    /** Not of the format. */
    MALFORMED(400),
    /** The claim is unknown or its proof is wrong: not told apart. */
    BAD_CLAIM(403),
    /** Another node has used the claim. */
    CLAIM_USED(409),
    /** The client certificate is missing, or not of this node's present key. */
    BAD_CREDENTIAL(403),
    /** The node was removed from the neighbourhood. */
    REMOVED(403),
    /** The key belongs to another node. */
    KEY_TAKEN(409),
    /** The neighbourhood has as many boxes as a map can show. */
    FULL(507),
    /** Not for this client. */
    NOT_ALLOWED(403),
    /** No such page or box. */
    NOT_FOUND(404),
    /** Too many requests from there. */
    TOO_MANY(429),
    /** Too much to do; try later. */
    BUSY(503),
    /** The fleet is not as it must be for that. */
    NOT_NOW(409);

    private final int status;

    Problem(int status) {
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }

  private final Problem problem;

  /** With a message that names the thing and the remedy. */
  public RefusedException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** As above, without a cause. */
  public RefusedException(Problem problem, String message) {
    this(problem, message, null);
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }
}
