package tv.hearth.headend.campaign.shelf;

/** The repository can't be read, or is none; the message says what is wrong and the remedy. */
public final class ShelfException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message for the operator. */
  public ShelfException(String message, Throwable cause) {
    super(message, cause);
  }
}
