package tv.hearth.release;

/** What was asked for can't be done; the message names the thing and the remedy. */
public final class ReleaseToolException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for whoever typed the command. */
  public ReleaseToolException(String message, Throwable cause) {
    super(message, cause);
  }

  /** As above, without a cause. */
  public ReleaseToolException(String message) {
    this(message, null);
  }
}
