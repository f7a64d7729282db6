package tv.hearth.launcher;

/**
 * A command can't do what was asked; the message names the thing and the remedy and is all that is
 * shown.
 */
public final class LauncherException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message for whoever typed the command. */
  public LauncherException(String message, Throwable cause) {
    super(message, cause);
  }

  /** As above, without a cause. */
  public LauncherException(String message) {
    this(message, null);
  }
}
