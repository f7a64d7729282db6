package tv.hearth.support.release;

/** The framework did not do with a bundle what was asked. */
public final class FrameException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that names the bundle. */
  public FrameException(String message, Throwable cause) {
    super(message, cause);
  }

  /** As above, without a cause. */
  public FrameException(String message) {
    super(message);
  }
}
