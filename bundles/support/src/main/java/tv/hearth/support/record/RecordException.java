package tv.hearth.support.record;

/** A record is not of its format; the message names type, field and what is wrong. */
public final class RecordException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that names type, field and fault. */
  public RecordException(String message, Throwable cause) {
    super(message, cause);
  }

  /** As above, without a cause. */
  public RecordException(String message) {
    this(message, null);
  }
}
