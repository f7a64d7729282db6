package tv.hearth.storage;

/** Bytes on disk are not what was written. */
final class DamagedException extends Exception {
  private static final long serialVersionUID = 1L;

  DamagedException(String message) {
    super(message);
  }
}
