package tv.hearth.headend.registry.store;

/** The registry's file can't be read or written; the message names it and the remedy. */
public final class RegistryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** With a message that names the file and the remedy. */
  public RegistryException(String message, Throwable cause) {
    super(message, cause);
  }
}
