package tv.hearth.transfer.net;

import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import tv.hearth.api.value.BoxId;
import tv.hearth.api.value.TrafficClass;

/**
 * What is asked of a neighbour. Idempotent, so that it can be sent again where a connection that
 * was kept open turns out to be dead.
 *
 * @param headers beside those that every request has
 * @param body null for none; left unchanged
 * @param most bytes that the answer may have
 */
record Call(
    BoxId peer,
    String method,
    String uri,
    Map<String, String> headers,
    ByteBuffer body,
    int most,
    TrafficClass traffic) {

  static Call get(BoxId peer, String uri, int most, TrafficClass traffic) {
    return new Call(peer, "GET", uri, Map.of(), null, most, traffic);
  }

  static Call send(BoxId peer, String method, String uri, ByteBuffer body, TrafficClass traffic) {
    return new Call(peer, method, uri, Map.of(), body, Answer.MOST_TEXT, traffic);
  }

  Call with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Call(peer, method, uri, more, body, most, traffic);
  }

  /** For messages: what, and of whom. */
  @Override
  public String toString() {
    return method + " " + uri + " at " + peer;
  }
}
