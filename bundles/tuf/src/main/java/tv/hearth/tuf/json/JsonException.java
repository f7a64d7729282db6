package tv.hearth.tuf.json;

/** Bytes are no JSON that this parser takes, or a member is missing or of another type. */
public final class JsonException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that says what is wrong and where. */
  public JsonException(String message) {
    super(message);
  }
}
