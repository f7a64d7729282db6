package tv.hearth.telemetry;

/** A source threw, answered null, or still hangs in an earlier call. */
final class CallFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  CallFailedException(String message, Throwable cause) {
    super(message, cause);
  }
}
