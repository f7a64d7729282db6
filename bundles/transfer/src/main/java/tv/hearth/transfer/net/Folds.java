package tv.hearth.transfer.net;

import io.netty.buffer.ByteBuf;

/**
 * Looks through a head's lines for one that begins with white space: once the continuation of the
 * line before, today what two readers take differently (RFC 9112 §5.2). Stands beside a decoder
 * that takes whole lines out of its buffer and leaves the last one in, if it is not whole.
 */
final class Folds {
  private static final byte LINE_FEED = '\n';
  private boolean inHead = true;
  private boolean begun;

  /** The decoder took the request line. */
  void begun() {
    begun = true;
  }

  /** The decoder took the head's last line. */
  void headEnded() {
    inHead = false;
  }

  /** The next byte is a head's again. */
  void requestEnded() {
    inHead = true;
    begun = false;
  }

  /** True where a line of the head begins with white space; moves nothing. */
  boolean isIn(ByteBuf buffer) {
    int at = buffer.readerIndex();
    boolean inside = begun;
    while (inHead && at < buffer.writerIndex()) {
      byte first = buffer.getByte(at);
      if (first == ' ' || first == '\t') {
        return true;
      }
      int end = buffer.indexOf(at, buffer.writerIndex(), LINE_FEED);
      boolean empty = end == at || end == at + 1 && first == '\r';
      if (end < 0 || empty && inside) {
        return false;
      }
      inside |= !empty;
      at = end + 1;
    }
    return false;
  }
}
