package tv.hearth.transfer.net;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import tv.hearth.api.pieces.RecordStore;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.core.Route;
import tv.hearth.transfer.core.Wire;

/**
 * A request's head, checked before anything is done for it.
 *
 * @param length bytes of the body
 * @param expects true where the peer waits for 100 (Continue)
 * @param keepAlive true where the connection may be used again
 */
record RequestHead(
    Route route,
    TrafficClass traffic,
    long length,
    boolean expects,
    boolean keepAlive,
    String grant,
    String range,
    String contentRange) {

  static RequestHead of(HttpRequest request) throws Refusal {
    decoded(request);
    if (request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
      throw new Refusal(Problem.PROTOCOL, 411, "a body needs its Content-Length");
    }
    boolean current = request.protocolVersion().equals(HttpVersion.HTTP_1_1);
    if (current && request.headers().getAll(HttpHeaderNames.HOST).size() != 1) {
      throw new Refusal(Problem.PROTOCOL, "a request names one Host");
    }
    String expect = request.headers().get(HttpHeaderNames.EXPECT);
    if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
      throw new Refusal(Problem.PROTOCOL, 417, "only 100-continue can be expected");
    }
    Route route = Route.parse(request.method().name(), request.uri());
    return new RequestHead(
        route,
        Wire.served(request.headers().get(Wire.TRAFFIC)),
        length(request, route),
        current && expect != null,
        HttpUtil.isKeepAlive(request),
        request.headers().get(Wire.GRANT),
        request.headers().get(HttpHeaderNames.RANGE),
        request.headers().get(HttpHeaderNames.CONTENT_RANGE));
  }

  private static void decoded(HttpRequest request) throws Refusal {
    if (request.decoderResult().isSuccess()) {
      return;
    }
    Throwable cause = request.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      throw new Refusal(Problem.PROTOCOL, 414, "the request line is longer than 1 KiB");
    } else if (cause instanceof TooLongHttpHeaderException) {
      throw new Refusal(Problem.PROTOCOL, 431, "the headers are longer than 8 KiB or 64 lines");
    } else if (cause instanceof StrictRequestDecoder.UnspokenVersionException) {
      throw new Refusal(Problem.PROTOCOL, 505, "HTTP/1.1 is spoken here");
    }
    throw new Refusal(Problem.PROTOCOL, "not a request of HTTP/1.1");
  }

  private static long length(HttpRequest request, Route route) throws Refusal {
    long length = HttpUtil.getContentLength(request, 0L);
    int most = most(route.action());
    if (length > most) {
      throw new Refusal(Problem.PROTOCOL, 413, "the body has more than " + most + " bytes");
    }
    return length;
  }

  private static int most(Route.Action action) {
    switch (action) {
      case PUT_PIECE:
        return Wire.MOST_PUT;
      case PUT_RECORD:
        return RecordStore.MAX_RECORD;
      case KEEP:
      case TOMBSTONE:
        return Wire.MOST_ORDER;
      case POST_ENDPOINTS:
        return Wire.MOST_GOSSIP;
      default:
        return 0;
    }
  }
}
