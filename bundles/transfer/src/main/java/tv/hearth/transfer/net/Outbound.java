package tv.hearth.transfer.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.support.problem.FileProblem;
import tv.hearth.transfer.core.Progress;
import tv.hearth.transfer.core.Wire;

/**
 * One connection to a neighbour whose certificate was checked: one call at a time. An answer is
 * taken only with a length that is within what the call allows; whatever else comes ends the
 * connection. On the callers' loop.
 */
final class Outbound extends ChannelInboundHandlerAdapter {
  private static final int SLICE = 64 << 10;

  private final Node node;
  private final Peer peer;
  private ChannelHandlerContext ctx;
  private Pending pending;
  private Sending sending;
  private boolean sent;
  private boolean fresh = true;
  private boolean interim;
  private boolean lost;
  private HttpResponse response;
  private byte[] body;
  private int filled;
  private Progress progress;
  private Shaping.Turn turn;
  private long answerBy;
  private long since = System.nanoTime();

  Outbound(Node node, Peer peer) {
    this.node = node;
    this.peer = peer;
  }

  long since() {
    return since;
  }

  boolean isOpen() {
    return ctx.channel().isActive();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
    ctx.channel().config().setAutoRead(true);
  }

  /** Sends a call's request. */
  void begin(Pending next) {
    pending = next;
    next.on(this);
    response = null;
    filled = 0;
    sent = false;
    interim = false;
    progress = new Progress(node.settings().leastRate(), node.settings().window().toNanos(), now());
    answerBy = Long.MAX_VALUE;
    ctx.write(request(next.call()));
    sending =
        new Sending(ctx, node, next.call().traffic(), new Body(next.call()), this::requestSent);
    sending.next();
  }

  private static HttpRequest request(Call call) {
    HttpRequest request =
        new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(call.method()), call.uri());
    request.headers().set(HttpHeaderNames.HOST, call.peer().text() + ".box.hearth.internal");
    request.headers().set(Wire.TRAFFIC, Wire.traffic(call.traffic()));
    call.headers().forEach((name, value) -> request.headers().set(name, value));
    if (call.body() != null) {
      request.headers().set(HttpHeaderNames.CONTENT_LENGTH, call.body().remaining());
    }
    return request;
  }

  private void requestSent(Throwable failure) {
    sent = failure == null;
    answerBy = now() + node.settings().answer().toNanos();
    if (failure != null) {
      ctx.close();
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (pending == null) {
      ReferenceCountUtil.release(message);
      ctx.close();
      return;
    }
    if (message instanceof HttpResponse head) {
      head(head);
    }
    if (message instanceof HttpContent content) {
      ByteBuf part = content.content();
      if (pending != null && !interim) {
        content(part, content instanceof LastHttpContent, content.decoderResult().isSuccess());
      }
      interim &= !(content instanceof LastHttpContent);
      content.release();
    }
  }

  private void head(HttpResponse head) {
    if (!head.decoderResult().isSuccess()) {
      broken("no HTTP response: " + head.decoderResult().cause().getMessage());
    } else if (head.status().code() == 100) {
      interim = true;
    } else if (head.status().code() < 200 || HttpUtil.isTransferEncodingChunked(head)) {
      broken("an answer without a length");
    } else {
      response = head;
      length(head);
    }
  }

  private void length(HttpResponse head) {
    boolean empty = head.status().code() == 204 || pending.call().method().equals("HEAD");
    long length = empty ? 0 : HttpUtil.getContentLength(head, -1L);
    int most = head.status().code() / 100 == 2 ? pending.call().most() : Answer.MOST_TEXT;
    if (length < 0) {
      broken("an answer without a length");
    } else if (length > most) {
      broken("an answer of " + length + " bytes where at most " + most + " were asked for");
    } else {
      body = new byte[(int) length];
      progress.resume(now());
    }
  }

  private void content(ByteBuf part, boolean last, boolean good) {
    int bytes = part.readableBytes();
    if (!good || response == null || bytes > body.length - filled) {
      broken("more than the answer's length, or no answer");
      return;
    }
    part.readBytes(body, filled, bytes);
    filled += bytes;
    progress.moved(bytes);
    node.meters().received(pending.call().traffic(), bytes);
    if (last) {
      ended();
    } else if (bytes > 0 && turn == null) {
      turn =
          node.shaping()
              .ask(Shaping.Way.DOWN, pending.call().traffic(), bytes, ctx.executor(), this::free);
      if (turn != null) {
        progress.hold();
        ctx.channel().config().setAutoRead(false);
      }
    }
  }

  private void free() {
    turn = null;
    progress.resume(now());
    ctx.channel().config().setAutoRead(true);
  }

  private void ended() {
    if (filled < body.length) {
      broken("the answer ended after " + filled + " of " + body.length + " bytes");
      return;
    }
    boolean again = sent && HttpUtil.isKeepAlive(response);
    Pending answered = release();
    fresh = false;
    since = now();
    if (!again) {
      ctx.close();
    }
    peer.answered(
        answered,
        new Answer(answered.call(), response.status().code(), response.headers(), body),
        again ? this : null);
  }

  private Pending release() {
    Pending was = pending;
    pending = null;
    if (sending != null) {
      sending.close();
      sending = null;
    }
    if (turn != null) {
      turn.cancel();
      turn = null;
      ctx.channel().config().setAutoRead(true);
    }
    return was;
  }

  private void broken(String what) {
    fail(Problem.PROTOCOL, what, null);
  }

  private void fail(Problem problem, String what, Throwable cause) {
    Pending was = release();
    ctx.close();
    if (was != null) {
      peer.failed(was, was.failure(problem, what, cause));
    }
  }

  /** The call is not wanted any more: the connection is in the midst of it and goes. */
  void cancel() {
    release();
    ctx.close();
  }

  /** This box's end of it. */
  InetAddress from() {
    return ((InetSocketAddress) ctx.channel().localAddress()).getAddress();
  }

  /** This box's end of it is gone: nothing comes any more, and the call goes on elsewhere. */
  void lost() {
    lost = true;
    ctx.close();
  }

  /** Called every second. */
  void tick(long now) {
    if (pending == null) {
      if (now - since > node.settings().idle().toNanos()) {
        ctx.close();
      }
    } else if (sending != null && sending.stalled(now)) {
      fail(Problem.TIMEOUT, "the peer took nothing of the request for too long", null);
    } else if (response == null && answerBy != Long.MAX_VALUE && now - answerBy > 0) {
      fail(Problem.TIMEOUT, "no answer in time", null);
    } else if (response != null && progress.stalled(now)) {
      fail(Problem.TIMEOUT, "the answer came too slowly", null);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    Pending was = release();
    peer.gone(this);
    if (was == null) {
      return;
    }
    if ((lost || !fresh && response == null) && was.mayRetry()) {
      peer.again(was);
    } else {
      String what = "connection lost after " + filled + " bytes of the answer";
      peer.failed(was, was.failure(Problem.UNREACHABLE, what, null));
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    // In TLS 1.3 a server refuses a client's certificate after the client's handshake is done.
    boolean turnedAway =
        failure instanceof SSLException || failure.getCause() instanceof SSLException;
    Problem problem = turnedAway ? Problem.NOT_MEMBER : Problem.UNREACHABLE;
    fail(problem, "connection failed: " + FileProblem.words(failure), failure);
  }

  private static long now() {
    return System.nanoTime();
  }

  /** A call's body in slices, not copied. */
  private static final class Body implements Sending.Source {
    private final ByteBuf left;

    Body(Call call) {
      left = call.body() == null ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(call.body());
    }

    @Override
    public void next(Consumer<ByteBuf> ready) {
      int bytes = Math.min(SLICE, left.readableBytes());
      ready.accept(bytes == 0 ? null : left.readSlice(bytes).retain());
    }
  }
}
