package tv.hearth.gateway.http;

/**
 * A run of bytes of a representation.
 *
 * @param first counted from 0
 * @param length bytes; 0 only for an empty representation
 */
public record ByteRange(long first, long length) {
  /** All of {@code total} bytes. */
  public static ByteRange all(long total) {
    return new ByteRange(0, total);
  }

  /** The Content-Range field's value (RFC 9110 §14.4). */
  public String contentRange(long total) {
    return "bytes " + first + "-" + (first + length - 1) + "/" + total;
  }
}
