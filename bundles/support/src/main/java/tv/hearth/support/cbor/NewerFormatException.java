package tv.hearth.support.cbor;

/**
 * The bytes are of a version, or say something, that only a newer release knows: they are not
 * damaged, and whoever keeps them must not throw them away.
 */
public final class NewerFormatException extends CborException {
  private static final long serialVersionUID = 1L;

  /** With the reason. */
  public NewerFormatException(String message) {
    super(message);
  }
}
