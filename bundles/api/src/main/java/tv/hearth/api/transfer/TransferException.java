package tv.hearth.api.transfer;

/** A neighbour could not be reached, or did not do what was asked. Futures complete with it. */
public final class TransferException extends Exception {
  private static final long serialVersionUID = 1L;

  /** Why. */
  public enum Problem {
    /** Nobody answers at any known endpoint. */
    UNREACHABLE,
    /** A phase (connect, handshake, request, first byte, progress) took too long. */
    TIMEOUT,
    /** The peer is not the member that was meant. */
    NOT_MEMBER,
    /** The peer does not hold it. */
    NOT_FOUND,
    /** The peer says that its copy is damaged. */
    DAMAGED,
    /** The peer has no room, or the owner's share is used up. */
    NO_ROOM,
    /** The peer refuses: grant, signature, version or rights; not to be tried again as it is. */
    REFUSED,
    /** The peer is overloaded or over its budget; try later. */
    BUSY,
    /** Another version is there already (records), or the write does not follow (pieces). */
    CONFLICT,
    /** The peer broke the protocol: too much, too little, or nonsense. */
    PROTOCOL,
    /** This side is being stopped or the call was cancelled. */
    STOPPED,
    /**
     * The peer answers, but its store can't yet: it is starting, being replaced, or makes its index
     * anew. Says nothing about what it holds; to be tried again soon.
     */
    NOT_READY,
    /** The peer's disk fails or can't be written; there may be room, and others may serve. */
    DISK,
    /** Something that nobody foresaw, here or there; the message says what is known of it. */
    UNKNOWN
  }

  private final Problem problem;

  /** With a message that names the peer, the thing and the phase. */
  public TransferException(Problem problem, String message, Throwable cause) {
    super(message, cause);
    this.problem = problem;
  }

  /** As above, without a cause. */
  public TransferException(Problem problem, String message) {
    this(problem, message, null);
  }

  /** Why. */
  public Problem problem() {
    return problem;
  }
}
