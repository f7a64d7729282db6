package tv.hearth.gateway;

import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * A head and, where {@code item} is set, the bytes that follow it; else {@code text} follows.
 *
 * @param contentRange value of the header, or empty
 */
record Answer(
    HttpResponseStatus status,
    String contentType,
    String text,
    Item item,
    ByteRange range,
    String contentRange) {

  static Answer text(HttpResponseStatus status, String contentType, String text) {
    return new Answer(status, contentType, text, null, null, "");
  }

  static Answer problem(HttpResponseStatus status, String message) {
    return text(status, "text/plain; charset=utf-8", message + "\n");
  }

  static Answer bytes(HttpResponseStatus status, Item item, ByteRange range, String contentRange) {
    return new Answer(status, item.contentType(), null, item, range, contentRange);
  }
}
