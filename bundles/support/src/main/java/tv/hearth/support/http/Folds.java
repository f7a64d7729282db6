package tv.hearth.support.http;

import java.util.function.IntUnaryOperator;

/**
 * Looks through a head's lines for one that begins with white space: once the continuation of the
 * line before, today what two readers take differently (RFC 9112 §5.2). Stands beside a decoder
 * that takes whole lines out of its buffer and leaves the last one in, if it is not whole. Not
 * thread-safe.
 */
public final class Folds {
  private static final byte LINE_FEED = '\n';
  private boolean inHead = true;
  private boolean begun;

  /** The decoder took the request line. */
  public void begun() {
    begun = true;
  }

  /** The decoder took the head's last line. */
  public void headEnded() {
    inHead = false;
  }

  /** The next byte is a head's again. */
  public void requestEnded() {
    inHead = true;
    begun = false;
  }

  /**
   * True where a line of the head begins with white space; moves nothing.
   *
   * @param from index of the first byte that the decoder has not taken
   * @param to index behind the last one
   * @param bytes gives the byte at an index
   */
  public boolean isIn(int from, int to, IntUnaryOperator bytes) {
    int at = from;
    boolean inside = begun;
    while (inHead && at < to) {
      int first = bytes.applyAsInt(at);
      if (first == ' ' || first == '\t') {
        return true;
      }
      int end = lineFeed(at, to, bytes);
      boolean empty = end == at || end == at + 1 && first == '\r';
      if (end == to || empty && inside) {
        return false;
      }
      inside |= !empty;
      at = end + 1;
    }
    return false;
  }

  /** Its index; {@code to} where there is none. */
  private static int lineFeed(int from, int to, IntUnaryOperator bytes) {
    int at = from;
    while (at < to && bytes.applyAsInt(at) != LINE_FEED) {
      at++;
    }
    return at;
  }
}
