package tv.hearth.api.pieces;

/** This box can't keep or give what was asked; the message names the thing and the remedy. */
public final class StoreException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Problem {
    /** No such piece or record here. */
    NOT_FOUND,
    /** Bytes on disk are not what was written; the piece was set aside. */
    DAMAGED,
    /** The owner's share, or the disk budget, is used up. */
    QUOTA,
    /** The disk is full. */
    DISK_FULL,
    /** The disk can't be written. */
    READ_ONLY,
    /** A write that does not follow on what is there, or another owner's piece. */
    CONFLICT,
    /** Another error of the disk. */
    IO,
    /**
     * The store is there but can't answer yet: it is being opened, its index is made again, or it
     * is being stopped. Says nothing about what it holds; to be tried again soon.
     */
    NOT_READY,
    /** Something that nobody foresaw; the message says what is known of it. */
    UNKNOWN
  }

  private final Problem problem;

  /** With a message that names the thing and the remedy. */
  public StoreException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** As above, without a cause. */
  public StoreException(Problem problem, String message) {
    this(problem, message, null);
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }
}
