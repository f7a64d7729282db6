package tv.hearth.support.gate;

/** A service did not come (back) in time. */
public final class ServiceMissingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message that names the service. */
  public ServiceMissingException(String message) {
    super(message);
  }
}
