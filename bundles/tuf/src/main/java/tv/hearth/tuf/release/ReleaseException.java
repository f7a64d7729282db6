package tv.hearth.tuf.release;

/** Signed bytes that are no release which this box takes; the message names what is wrong. */
public final class ReleaseException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for whoever made the release. */
  public ReleaseException(String message) {
    super(message);
  }
}
