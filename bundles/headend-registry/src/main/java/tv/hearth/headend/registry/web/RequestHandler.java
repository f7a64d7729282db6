package tv.hearth.headend.registry.web;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import tv.hearth.headend.registry.enrol.Peer;
import tv.hearth.headend.registry.enrol.RefusedException;

/** Hands one request to a worker, writes its answer and closes the connection. */
final class RequestHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final System.Logger LOG = System.getLogger(RequestHandler.class.getName());
  private final Pages pages;
  private final Executor workers;
  private final LongConsumer sent;

  /**
   * For one connection.
   *
   * @param sent told the bytes of files that went out
   */
  RequestHandler(Pages pages, Executor workers, LongConsumer sent) {
    this.pages = pages;
    this.workers = workers;
    this.sent = sent;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest message) {
    if (message.decoderResult().isFailure()) {
      write(context, Response.problem(400, "MALFORMED", "not an HTTP/1.1 request"));
      return;
    }
    Request request =
        new Request(
            message.method().name(),
            message.uri().split("\\?", 2)[0],
            ByteBufUtil.getBytes(message.content()),
            message.headers().get(HttpHeaderNames.RANGE, ""),
            peer(context));
    try {
      workers.execute(() -> send(context, request, answer(request)));
    } catch (RejectedExecutionException e) {
      write(context, Response.problem(503, "BUSY", "too many requests wait: try again later"));
    }
  }

  private static Optional<Peer> peer(ChannelHandlerContext context) {
    try {
      Certificate[] chain =
          context.pipeline().get(SslHandler.class).engine().getSession().getPeerCertificates();
      return Optional.of(new Peer((X509Certificate) chain[0]));
    } catch (SSLPeerUnverifiedException e) {
      return Optional.empty();
    }
  }

  private Response answer(Request request) {
    try {
      return pages.answer(request);
    } catch (RefusedException e) {
      LOG.log(System.Logger.Level.INFO, request.path() + " refused: " + e.getMessage());
      return Response.problem(e.problem().status(), e.problem().name(), e.getMessage());
    } catch (IOException | RuntimeException e) {
      LOG.log(System.Logger.Level.ERROR, request.path() + " failed", e);
      return Response.problem(500, "FAILED", "the headend failed: its log says why");
    }
  }

  private void send(ChannelHandlerContext context, Request request, Response answer) {
    FilePart part = answer.file();
    if (part == null) {
      write(context, answer);
      return;
    }
    HttpResponse head =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, answer.type())
        .set(HttpHeaderNames.CONTENT_LENGTH, part.length())
        .set(HttpHeaderNames.ACCEPT_RANGES, HttpHeaderValues.BYTES)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (part.isPartial()) {
      head.headers().set(HttpHeaderNames.CONTENT_RANGE, part.contentRange());
    }
    context.write(head);
    if (request.method().equals("HEAD")) {
      context
          .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
          .addListener(ChannelFutureListener.CLOSE);
    } else {
      new FileSending(context, part, workers, sent).next();
    }
  }

  static void write(ChannelHandlerContext context, Response answer) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.valueOf(answer.status()),
            Unpooled.wrappedBuffer(answer.body()));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, answer.type());
    response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, answer.body().length);
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (!answer.problem().isEmpty()) {
      response.headers().set("Hearth-Problem", answer.problem());
    }
    context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    LOG.log(
        System.Logger.Level.DEBUG,
        "connection from " + context.channel().remoteAddress() + " ends: " + cause);
    context.close();
  }
}
