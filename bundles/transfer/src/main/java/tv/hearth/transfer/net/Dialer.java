package tv.hearth.transfer.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import java.net.InetAddress;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.neighbourhood.Endpoint;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.support.net.Addresses;
import tv.hearth.support.net.Stagger;
import tv.hearth.support.problem.FileProblem;
import tv.hearth.transfer.core.PeerCheck;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.serve.Failures;

/**
 * Makes connections: the known endpoints a quarter of a second apart, until one answers as the box
 * that is meant; the others are closed then. Waits on disk threads, looks up names on threads of
 * their own, the rest on the callers' loop.
 */
final class Dialer {
  private static final int READ_BYTES = 32 << 10;

  private final Node node;
  private final Addresses.Lookup names;
  private final Tls tls;

  /** By the system's resolver. */
  Dialer(Node node) {
    this(node, InetAddress::getAllByName);
  }

  Dialer(Node node, Addresses.Lookup names) {
    this.node = node;
    this.names = names;
    this.tls = new Tls(node.services());
  }

  /** Tells the peer what came of it. */
  void dial(Peer peer) {
    node.engine().disk(TrafficClass.HOUSEHOLD, () -> guarded(peer, () -> endpoints(peer)));
  }

  /**
   * Who is gone for good is said to be, not to be silent. Names are looked up where no stream waits
   * for the thread.
   */
  private void endpoints(Peer peer) {
    List<Endpoint> order =
        peer.order(node.services().neighbourhood.call(n -> n.endpoints(peer.box())));
    try {
      PeerCheck.listed(peer.box(), node.services().map());
    } catch (Refusal e) {
      loop(() -> peer.notDialed(e.problem(), e.getMessage(), e));
      return;
    }
    if (order.stream().anyMatch(Target::isName)) {
      node.engine().lookUp(() -> guarded(peer, () -> attempt(peer, order)));
    } else {
      attempt(peer, order);
    }
  }

  private void attempt(Peer peer, List<Endpoint> order) {
    List<Target> targets = Target.of(order, peer.addresses(), names);
    loop(() -> new Attempts(peer, targets).next());
  }

  private void guarded(Peer peer, Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      loop(() -> peer.notDialed(Problem.UNREACHABLE, e.getMessage(), e));
    }
  }

  private void loop(Runnable task) {
    try {
      node.engine().clientLoop().execute(task);
    } catch (RejectedExecutionException e) {
      // The loop has ended, and every call with it.
      return;
    }
  }

  /** One dialing of all endpoints. On the callers' loop. */
  private final class Attempts {
    private final Peer peer;
    private final List<Target> targets;
    private final Stagger stagger;
    private final List<Channel> open = new ArrayList<>();
    private boolean over;
    private Problem problem = Problem.UNREACHABLE;
    private String why = "no endpoint is known";
    private Throwable cause;

    Attempts(Peer peer, List<Target> targets) {
      this.peer = peer;
      this.targets = targets;
      this.stagger = new Stagger(targets.size());
    }

    void next() {
      OptionalInt attempt = over ? OptionalInt.empty() : stagger.next();
      if (attempt.isPresent()) {
        begin(attempt.getAsInt());
      } else if (!over && stagger.isLost()) {
        over = true;
        peer.notDialed(problem, why, cause);
      }
    }

    private void begin(int attempt) {
      Target target = targets.get(attempt);
      try {
        SSLEngine engine =
            tls.engine(true, target.address().getHostString(), target.address().getPort());
        connect(attempt, target, engine);
      } catch (IdentityException e) {
        failed(attempt, Problem.NOT_MEMBER, "this box has no certificate: enrol it", e);
      }
    }

    private void connect(int attempt, Target target, SSLEngine engine) {
      Handshake handshake = new Handshake(this, attempt, target);
      ChannelFuture connecting = bootstrap(target, engine, handshake).connect(target.address());
      open.add(connecting.channel());
      connecting
          .channel()
          .eventLoop()
          .schedule(() -> late(attempt), Stagger.DELAY_MILLIS, TimeUnit.MILLISECONDS);
      connecting.addListener(
          (ChannelFuture connected) -> {
            if (connected.isSuccess()) {
              stagger.isConnected(attempt);
            } else {
              handshake.over(
                  Problem.UNREACHABLE,
                  target.endpoint() + ": " + FileProblem.words(connected.cause()),
                  connected.cause());
            }
          });
    }

    private void late(int attempt) {
      stagger.isLate(attempt);
      next();
    }

    private Bootstrap bootstrap(Target target, SSLEngine engine, Handshake handshake) {
      Bootstrap bootstrap =
          new Bootstrap()
              .group(node.engine().clientLoop())
              .channelFactory(() -> Sockets.to(target.address().getAddress()))
              .disableResolver()
              .option(ChannelOption.ALLOCATOR, node.engine().buffers())
              .option(
                  ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) node.settings().connect().toMillis())
              .option(ChannelOption.TCP_NODELAY, true)
              .option(ChannelOption.AUTO_READ, false)
              .option(
                  ChannelOption.RECVBUF_ALLOCATOR,
                  new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1))
              .option(
                  ChannelOption.WRITE_BUFFER_WATER_MARK,
                  new WriteBufferWaterMark(64 << 10, 128 << 10));
      if (peer.isBackground()) {
        bootstrap.option(ChannelOption.IP_TOS, Inbound.LOWER_EFFORT);
      }
      return bootstrap.handler(
          new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel channel) {
              SslHandler security = new SslHandler(engine, false, node.engine().quick());
              security.setHandshakeTimeoutMillis(node.settings().handshake().toMillis());
              security.setCloseNotifyFlushTimeoutMillis(1000);
              channel.pipeline().addLast(handshake.guard, security, codec(), handshake);
            }
          });
    }

    private void failed(int attempt, Problem newProblem, String newWhy, Throwable newCause) {
      problem = newProblem;
      why = newWhy;
      cause = newCause;
      stagger.hasFailed(attempt);
      next();
    }

    /** False where another one was faster. */
    private boolean won(Channel winner) {
      if (over) {
        return false;
      }
      over = true;
      open.stream().filter(channel -> channel != winner).forEach(Channel::close);
      return true;
    }

    private Node node() {
      return node;
    }
  }

  private static HttpClientCodec codec() {
    HttpDecoderConfig config =
        new HttpDecoderConfig()
            .setMaxInitialLineLength(1024)
            .setMaxHeaderSize(8192)
            .setMaxChunkSize(64 << 10)
            .setChunkedSupported(false)
            .setStrictLineParsing(true);
    return new HttpClientCodec(config, false, false);
  }

  /** Waits for TLS, checks who answered, and makes way for the connection's own handler. */
  private static final class Handshake extends ChannelInboundHandlerAdapter {
    private final Attempts attempts;
    private final int attempt;
    private final Target target;
    private final HandshakeGuard guard = new HandshakeGuard();
    private boolean over;

    Handshake(Attempts attempts, int attempt, Target target) {
      this.attempts = attempts;
      this.attempt = attempt;
      this.target = target;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
      if (event instanceof SslHandshakeCompletionEvent handshake && !over) {
        if (handshake.isSuccess()) {
          check(ctx);
        } else {
          failed(ctx, handshake.cause());
        }
      }
    }

    private void check(ChannelHandlerContext ctx) {
      X509Certificate leaf;
      try {
        leaf =
            (X509Certificate)
                ctx.pipeline().get(SslHandler.class).engine().getSession().getPeerCertificates()[0];
      } catch (SSLPeerUnverifiedException e) {
        failed(ctx, e);
        return;
      }
      attempts.node().engine().disk(TrafficClass.HOUSEHOLD, () -> check(ctx, leaf));
    }

    /** On a disk thread: the verifier may have to be waited for. */
    private void check(ChannelHandlerContext ctx, X509Certificate leaf) {
      Refusal refusal = null;
      try {
        verify(leaf);
      } catch (Refusal | RuntimeException e) {
        refusal = Failures.refusal(e);
      }
      Refusal result = refusal;
      try {
        ctx.executor().execute(() -> checked(ctx, result));
      } catch (RejectedExecutionException e) {
        // The loop has ended, and every call with it.
        return;
      }
    }

    private void verify(X509Certificate leaf) throws Refusal {
      Node node = attempts.node();
      PeerCheck.Peer named = node.services().verifier.call(v -> PeerCheck.identify(leaf, v));
      if (!named.box().equals(attempts.peer.box())) {
        throw new Refusal(Problem.NOT_MEMBER, "it is " + named.box() + " that answers there");
      }
      PeerCheck.member(named, node.services().map(), node.clock().instant());
    }

    private void checked(ChannelHandlerContext ctx, Refusal refusal) {
      if (refusal != null) {
        over(refusal.problem(), target.endpoint() + ": " + refusal.getMessage(), refusal);
        ctx.close();
      } else if (!ctx.channel().isActive()) {
        over(Problem.UNREACHABLE, target.endpoint() + ": closed at once", null);
      } else if (!over) {
        over = true;
        if (!attempts.won(ctx.channel())) {
          ctx.close();
          return;
        }
        guard.open();
        Outbound connection = new Outbound(attempts.node(), attempts.peer);
        ctx.pipeline().replace(this, null, connection);
        attempts.peer.dialed(connection, target.endpoint(), target.address().getAddress());
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
      over(Problem.UNREACHABLE, target.endpoint() + ": closed during the handshake", null);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable failure) {
      failed(ctx, failure);
    }

    private void failed(ChannelHandlerContext ctx, Throwable failure) {
      Problem problem = Problem.UNREACHABLE;
      if (failure instanceof SslHandshakeTimeoutException) {
        problem = Problem.TIMEOUT;
      } else if (failure instanceof SSLException) {
        problem = Problem.NOT_MEMBER;
      }
      over(problem, target.endpoint() + ": TLS: " + FileProblem.words(failure), failure);
      ctx.close();
    }

    void over(Problem problem, String why, Throwable cause) {
      if (!over) {
        over = true;
        attempts.failed(attempt, problem, why, cause);
      }
    }
  }
}
