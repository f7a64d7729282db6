package tv.hearth.transfer.net;

import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import java.security.cert.X509Certificate;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLPeerUnverifiedException;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.support.problem.FileProblem;
import tv.hearth.transfer.core.PeerCheck;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.serve.Failures;
import tv.hearth.transfer.serve.Reply;

/**
 * One connection from a neighbour: who it is, then one request at a time, each from a member,
 * counted and watched. Whoever sends a second request before the first is answered, or more than it
 * said, is cut off. On the connection's event loop.
 */
final class Inbound extends ChannelInboundHandlerAdapter implements Places.Guest {
  private static final System.Logger LOG = System.getLogger(Inbound.class.getName());

  /** Messages held while the peer is being identified: more than one read brings. */
  private static final int MOST_STASHED = 32;

  private static final int DRAIN_MILLIS = 500;

  /** DSCP 1, lower effort (RFC 8622), as the byte of the IP header. */
  static final int LOWER_EFFORT = 0x04;

  private final Listener listener;
  private final HandshakeGuard guard;
  private final Deque<Object> stash = new ArrayDeque<>();
  private ChannelHandlerContext ctx;
  private PeerCheck.Peer peer;
  private Neighbour neighbour;
  private Refusal stranger;
  private Request request;
  private boolean last;
  private boolean secured;
  private boolean marked;
  private long since = System.nanoTime();

  Inbound(Listener listener, HandshakeGuard guard) {
    this.listener = listener;
    this.guard = guard;
  }

  Node node() {
    return listener.node();
  }

  Listener listener() {
    return listener;
  }

  @Override
  public boolean isIdle() {
    return secured && request == null;
  }

  @Override
  public long since() {
    return since;
  }

  @Override
  public void evicted() {
    close("its place is needed");
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    ctx = context;
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event instanceof SslHandshakeCompletionEvent handshake) {
      if (handshake.isSuccess()) {
        secured = true;
        guard.open();
        identify();
      } else {
        close("TLS handshake: " + FileProblem.words(handshake.cause()));
      }
    }
  }

  /** Waits for the verifier, if need be, on a disk thread; what comes meanwhile is stashed. */
  private void identify() {
    X509Certificate leaf;
    try {
      leaf =
          (X509Certificate)
              ctx.pipeline().get(SslHandler.class).engine().getSession().getPeerCertificates()[0];
    } catch (SSLPeerUnverifiedException e) {
      close("no client certificate");
      return;
    }
    node()
        .engine()
        .disk(
            TrafficClass.HOUSEHOLD,
            () -> {
              try {
                PeerCheck.Peer named =
                    node().services().verifier.call(v -> PeerCheck.identify(leaf, v));
                loop(() -> identified(named, null));
              } catch (Refusal | RuntimeException e) {
                loop(() -> identified(null, Failures.refusal(e)));
              }
            });
  }

  private void loop(Runnable task) {
    try {
      ctx.executor().execute(task);
    } catch (RejectedExecutionException e) {
      // The loop has ended, and the connection with it.
      return;
    }
  }

  private void identified(PeerCheck.Peer named, Refusal refusal) {
    if (!ctx.channel().isActive()) {
      return;
    }
    peer = named;
    stranger = refusal;
    if (named != null) {
      neighbour = listener.neighbour(named.box());
      if (!neighbour.connect()) {
        neighbour = null;
        stranger = new Refusal(Problem.BUSY, 429, "too many connections from " + named.box());
      }
    }
    since = System.nanoTime();
    ctx.channel().config().setAutoRead(true);
    while (!stash.isEmpty()) {
      channelRead(ctx, stash.poll());
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (peer == null && stranger == null) {
      stash.add(message);
      if (stash.size() > MOST_STASHED) {
        close("too much before the peer was known");
      }
      return;
    }
    if (message instanceof HttpRequest head) {
      head(head);
    }
    if (message instanceof HttpContent content) {
      body(content);
    } else if (!(message instanceof HttpRequest)) {
      ReferenceCountUtil.release(message);
    }
  }

  private void head(HttpRequest message) {
    since = System.nanoTime();
    if (request != null || last) {
      close("a request before the last one was answered");
      return;
    }
    try {
      RequestHead head = RequestHead.of(message);
      admit();
      mark(head.traffic());
      request = new Request(this, ctx, head);
      listener.began();
      request.start();
    } catch (Refusal e) {
      refuse(e, message.method().equals(HttpMethod.HEAD));
    }
  }

  /** A member, within its allowance and this box's. */
  private void admit() throws Refusal {
    if (stranger != null) {
      throw stranger;
    }
    PeerCheck.member(peer, node().services().map(), node().clock().instant());
    if (!listener.admit(this)) {
      throw new Refusal(Problem.BUSY, "this box has as many connections as it can: try later");
    }
    if (listener.isFull()) {
      throw new Refusal(Problem.BUSY, "this box answers as many requests as it can: try later");
    }
    if (!neighbour.allowance().begin(System.nanoTime())) {
      throw new Refusal(Problem.BUSY, 429, "too many requests from " + peer.box() + ": slow down");
    }
  }

  /** Background answers yield to everybody else's traffic; peers keep connections apart by that. */
  private void mark(TrafficClass traffic) {
    if (traffic.isBackground() != marked) {
      marked = traffic.isBackground();
      ctx.channel().config().setOption(ChannelOption.IP_TOS, marked ? LOWER_EFFORT : 0);
    }
  }

  private void refuse(Refusal refusal, boolean headOnly) {
    node().meters().refused(refusal.problem());
    last = true;
    Reply reply = Reply.refusal(refusal);
    FullHttpResponse response = Responses.whole(headOnly ? reply.bodiless() : reply);
    response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    ctx.writeAndFlush(response);
    drain();
  }

  private void body(HttpContent content) {
    boolean end = content instanceof LastHttpContent;
    if (request == null) {
      content.release();
      if (end && last) {
        closeGently();
      }
    } else if (content.decoderResult().isFailure()) {
      content.release();
      close("a body that is no HTTP");
    } else {
      request.body(content.content(), end);
    }
  }

  boolean allowRecord(int bytes) {
    return neighbour.allowance().records(bytes, System.nanoTime());
  }

  /** The answer being sent says that the connection ends with it. */
  void lastAnswer() {
    last = true;
  }

  /** The answer went out. */
  void finished(boolean bodyDone) {
    request = null;
    listener.ended();
    neighbour.allowance().end();
    since = System.nanoTime();
    if (!last) {
      ctx.channel().config().setAutoRead(true);
    } else if (bodyDone) {
      closeGently();
    } else {
      drain();
    }
  }

  /** Throws away what the peer still sends, for a while, so that it gets to read the answer. */
  private void drain() {
    ctx.channel().config().setAutoRead(true);
    ctx.executor().schedule(() -> close("drained"), DRAIN_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void closeGently() {
    ctx.writeAndFlush(io.netty.buffer.Unpooled.EMPTY_BUFFER)
        .addListener(ChannelFutureListener.CLOSE);
  }

  /** Called every second: closes what is idle or stalled. */
  void tick(long now) {
    long quiet = now - since;
    if (request != null) {
      if (request.stalled(now)) {
        node().meters().refused(Problem.TIMEOUT);
        close("the peer gave or took too little");
      }
    } else if (quiet > node().settings().idle().toNanos()) {
      close("idle");
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    while (!stash.isEmpty()) {
      ReferenceCountUtil.release(stash.poll());
    }
    if (request != null) {
      request.close();
      request = null;
      listener.ended();
      neighbour.allowance().end();
    }
    if (neighbour != null) {
      neighbour.disconnect();
      neighbour = null;
    }
    listener.gone(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
    close(failure.toString());
  }

  void close(String why) {
    LOG.log(System.Logger.Level.DEBUG, "connection closed: {0}", why);
    ctx.close();
  }
}
