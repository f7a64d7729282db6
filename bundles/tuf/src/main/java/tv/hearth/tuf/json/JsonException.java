package tv.hearth.tuf.json;

/** Bytes are no JSON that this parser takes, or a member is missing or of another type. */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  private final boolean endsEarly;

  /** With a message that says what is wrong and where. */
  public JsonException(String message) {
    this(message, false);
  }

  /**
   * As above.
   *
   * @param endsEarly true where nothing is wrong but that the rest is missing
   */
  JsonException(String message, boolean endsEarly) {
    super(message);
    this.endsEarly = endsEarly;
  }

  /** True where what came is how JSON may begin, and its end did not come. */
  public boolean endsEarly() {
    return endsEarly;
  }
}
