package tv.hearth.api.signature;

/** A signature, its type or its signer is not what was asked for. */
public final class BadSignatureException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that names the record and what is wrong. */
  public BadSignatureException(String message, Throwable cause) {
    super(message, cause);
  }

  /** As above, without a cause. */
  public BadSignatureException(String message) {
    super(message);
  }
}
