package tv.hearth.api.update;

/** An update can't be, or did not do. */
public final class UpdateException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Problem {
    /** Another operation runs; try later. */
    BUSY,
    /** It may not be: a base bundle, a vendor's bundle, a name that can't be. */
    REFUSED,
    /** The repository's metadata could not be had whole; the line, the server or this box. */
    UNREACHABLE,
    /** Metadata or payload came whole, and are not what the release keys signed. */
    UNTRUSTED,
    /** Metadata is whole and rightly signed, and past its expiry by this box's clock. */
    EXPIRED,
    /** The signed targets have no release of that name. */
    UNKNOWN_TARGET,
    /** The release is malformed, or brings what no release may bring. */
    BAD_RELEASE,
    /** The release is not for this model, or its counter is not above the installed one. */
    NOT_APPLICABLE,
    /** The new set does not resolve beside what runs here, or would refresh a vendor's bundle. */
    UNRESOLVABLE,
    /** It does not fit flash or heap. */
    NO_ROOM,
    /** A payload could not be fetched whole. */
    DOWNLOAD,
    /** A bundle did not start, stop or stay. */
    BUNDLE,
    /** A health probe failed, or a service that was there did not come back. */
    UNHEALTHY,
    /** The journal or the store can't be written or read. */
    STORAGE,
    /** The caller asked for its end. */
    CANCELLED
  }

  private final Problem problem;

  /** With a message that names the thing and the remedy. */
  public UpdateException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** As above, without a cause. */
  public UpdateException(Problem problem, String message) {
    this(problem, message, null);
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }
}
