package tv.hearth.usp.wire;

/** Bytes that are no message of the kind that was asked for. */
public final class WireException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public WireException(String message) {
    super(message);
  }
}
