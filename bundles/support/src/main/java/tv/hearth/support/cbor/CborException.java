package tv.hearth.support.cbor;

/** Bytes are not the deterministic CBOR that was expected; the message names field and offset. */
public class CborException extends Exception {
  private static final long serialVersionUID = 1L;

  /** With a message that names what is wrong and where. */
  public CborException(String message) {
    super(message);
  }
}
