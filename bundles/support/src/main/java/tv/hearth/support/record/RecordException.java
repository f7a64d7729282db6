package tv.hearth.support.record;

/** A record is not of its format; the message names type, field and what is wrong. */
public final class RecordException extends Exception {
  private static final long serialVersionUID = 1L;
  private final boolean newer;

  /** With a message that names type, field and fault. */
  public RecordException(String message, Throwable cause) {
    this(message, cause, false);
  }

  /** As above, without a cause. */
  public RecordException(String message) {
    this(message, null, false);
  }

  private RecordException(String message, Throwable cause, boolean newer) {
    super(message, cause);
    this.newer = newer;
  }

  /** Of a form that this software does not know: it is to be kept, and can't be read here. */
  static RecordException newer(String message) {
    return new RecordException(message, null, true);
  }

  /** True where nothing is wrong with the record but that a newer release wrote it. */
  public boolean isNewer() {
    return newer;
  }
}
