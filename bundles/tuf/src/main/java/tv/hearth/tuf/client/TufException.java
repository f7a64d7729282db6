package tv.hearth.tuf.client;

/** Metadata or a target that must not be trusted as it came. */
public final class TufException extends Exception {
  private static final long serialVersionUID = 1L;

  /** What is wrong. */
  public enum Problem {
    /** Too few valid signatures of the role's keys. */
    SIGNATURE,
    /** A version older than, or other than, what is trusted or promised. */
    ROLLBACK,
    /** Past its expiry. */
    EXPIRED,
    /** Files that were not published together. */
    MIX_AND_MATCH,
    /** More bytes than allowed. */
    LENGTH,
    /** Fewer bytes than promised, or no end: says nothing of who signed; to be fetched again. */
    CUT_SHORT,
    /** Another hash than promised. */
    HASH,
    /** No metadata of the type that was asked for. */
    MALFORMED
  }

  private final Problem problem;

  /** With a message that names the file. */
  public TufException(Problem problem, String message) {
    super(problem + ": " + message);
    this.problem = problem;
  }

  /** What is wrong. */
  public Problem problem() {
    return problem;
  }
}
