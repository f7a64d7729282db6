package tv.hearth.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.IdleStateEvent;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * One connection: a request at a time. While one is answered nothing more is read, so a client that
 * pipelines waits in its own buffers.
 */
final class RequestHandler extends SimpleChannelInboundHandler<HttpObject> {
  private final Reception reception;
  private final Origins origins;
  private final BodySender.Source source;
  private final Executor readers;
  private HttpRequest request;
  private boolean answering;

  RequestHandler(Reception reception, Origins origins, BodySender.Source source, Executor readers) {
    this.reception = reception;
    this.origins = origins;
    this.source = source;
    this.readers = readers;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (message instanceof HttpRequest) {
      request = (HttpRequest) message;
    }
    if (message.decoderResult().isFailure()) {
      refuse(ctx, HttpResponseStatus.BAD_REQUEST, "not HTTP/1.1");
    } else if (message instanceof LastHttpContent && request != null && !answering) {
      begin(ctx);
    }
  }

  private void begin(ChannelHandlerContext ctx) {
    answering = true;
    ctx.channel().config().setAutoRead(false);
    HttpMethod method = request.method();
    if (!Origins.isLocalHost(request.headers().get(HttpHeaderNames.HOST))) {
      refuse(ctx, HttpResponseStatus.MISDIRECTED_REQUEST, "ask by address, or as localhost");
    } else if (method.equals(HttpMethod.OPTIONS)) {
      send(ctx, Answer.text(HttpResponseStatus.NO_CONTENT, "text/plain", ""));
    } else if (method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD)) {
      decide(ctx);
    } else {
      refuse(ctx, HttpResponseStatus.METHOD_NOT_ALLOWED, "only GET, HEAD and OPTIONS");
    }
  }

  private void decide(ChannelHandlerContext ctx) {
    String uri = request.uri();
    HttpHeaders headers = request.headers();
    try {
      readers.execute(
          () -> {
            Answer answer = reception.answer(uri, headers);
            ctx.executor().execute(() -> send(ctx, answer));
          });
    } catch (RejectedExecutionException e) {
      refuse(ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, "too many players at once: try again");
    }
  }

  private void refuse(ChannelHandlerContext ctx, HttpResponseStatus status, String message) {
    answering = true;
    request = null;
    ctx.channel().config().setAutoRead(false);
    byte[] text = (message + "\n").getBytes(StandardCharsets.UTF_8);
    DefaultFullHttpResponse response =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(text));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, "text/plain; charset=utf-8");
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, text.length);
    response.headers().set(HttpHeaderNames.CONNECTION, "close");
    ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  private void send(ChannelHandlerContext ctx, Answer answer) {
    if (!ctx.channel().isActive()) {
      return;
    }
    boolean head = request.method().equals(HttpMethod.HEAD);
    byte[] text = answer.item() == null ? answer.text().getBytes(StandardCharsets.UTF_8) : null;
    DefaultHttpResponse response = new DefaultHttpResponse(HttpVersion.HTTP_1_1, answer.status());
    describe(response.headers(), answer, text);
    ctx.write(response);
    boolean empty = head || answer.status().equals(HttpResponseStatus.NOT_MODIFIED);
    if (empty) {
      finish(ctx);
    } else if (text != null) {
      ByteBuf body = Unpooled.wrappedBuffer(text);
      ctx.write(new io.netty.handler.codec.http.DefaultHttpContent(body));
      finish(ctx);
    } else {
      new BodySender(ctx, answer.item(), answer.range(), source, readers, () -> finish(ctx)).next();
    }
  }

  private void describe(HttpHeaders headers, Answer answer, byte[] text) {
    long length = text == null ? answer.range().length() : text.length;
    if (!answer.status().equals(HttpResponseStatus.NOT_MODIFIED)
        && !answer.status().equals(HttpResponseStatus.NO_CONTENT)) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, length);
      headers.set(HttpHeaderNames.CONTENT_TYPE, answer.contentType());
    }
    headers.set(HttpHeaderNames.ACCEPT_RANGES, "bytes");
    headers.set("X-Content-Type-Options", "nosniff");
    if (answer.item() != null) {
      headers.set(HttpHeaderNames.ETAG, answer.item().tag());
      headers.set(HttpHeaderNames.CACHE_CONTROL, "private, no-cache");
    } else {
      headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
    }
    if (!answer.contentRange().isEmpty()) {
      headers.set(HttpHeaderNames.CONTENT_RANGE, answer.contentRange());
    }
    if (answer.status().equals(HttpResponseStatus.SERVICE_UNAVAILABLE)) {
      headers.set(HttpHeaderNames.RETRY_AFTER, "1");
    }
    allowOrigin(headers);
    if (!HttpUtil.isKeepAlive(request)) {
      headers.set(HttpHeaderNames.CONNECTION, "close");
    }
  }

  private void allowOrigin(HttpHeaders headers) {
    String origin = request.headers().get(HttpHeaderNames.ORIGIN);
    headers.set(HttpHeaderNames.VARY, "Origin");
    if (origin != null && origins.mayRead(origin)) {
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_HEADERS, "Range");
      headers.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_METHODS, "GET, HEAD");
      headers.set(
          HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS,
          "Content-Length, Content-Range, Accept-Ranges, ETag");
    }
  }

  private void finish(ChannelHandlerContext ctx) {
    boolean keep = HttpUtil.isKeepAlive(request);
    request = null;
    ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(
            done -> {
              answering = false;
              if (keep && done.isSuccess()) {
                ctx.channel().config().setAutoRead(true);
              } else {
                ctx.close();
              }
            });
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof IdleStateEvent) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
