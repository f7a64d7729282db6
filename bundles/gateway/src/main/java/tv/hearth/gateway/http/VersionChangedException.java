package tv.hearth.gateway.http;

/** Another version took the place of the one being read: its bytes must not be mixed in. */
public final class VersionChangedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Without naming the object: this gets into logs. */
  public VersionChangedException() {
    super("the object was stored anew while it was read");
  }
}
