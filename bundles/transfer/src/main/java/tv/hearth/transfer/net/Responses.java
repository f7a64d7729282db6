package tv.hearth.transfer.net;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.transfer.core.ByteRange;
import tv.hearth.transfer.serve.PieceDesk;
import tv.hearth.transfer.serve.Reply;

/** HTTP responses. */
final class Responses {
  /** Bodies up to this are sent in one go: 64 KiB. */
  static final int SMALL = 64 << 10;

  private Responses() {}

  static FullHttpResponse proceed() {
    return new DefaultFullHttpResponse(
        HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER);
  }

  static FullHttpResponse whole(Reply reply) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(reply.status()),
            Unpooled.wrappedBuffer(reply.body()));
    describe(response, reply);
    return response;
  }

  static HttpResponse head(Reply reply) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(reply.status()));
    describe(response, reply);
    return response;
  }

  private static void describe(HttpResponse response, Reply reply) {
    reply.headers().forEach((name, value) -> response.headers().set(name, value));
    if (reply.status() != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().set(HttpHeaderNames.CONTENT_TYPE, reply.type());
      response.headers().set(HttpHeaderNames.CONTENT_LENGTH, reply.length());
    }
    if (reply.status() == 429 || reply.status() == 503) {
      response.headers().set(HttpHeaderNames.RETRY_AFTER, 1);
    }
  }

  static HttpResponse piece(PieceInfo info, ByteRange range, boolean partial) {
    HttpResponse response =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1,
            partial ? HttpResponseStatus.PARTIAL_CONTENT : HttpResponseStatus.OK);
    PieceDesk.headers(info).forEach((name, value) -> response.headers().set(name, value));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/octet-stream");
    response.headers().set(HttpHeaderNames.CONTENT_LENGTH, range.length());
    if (partial) {
      response.headers().set(HttpHeaderNames.CONTENT_RANGE, range.header());
    }
    return response;
  }
}
