package tv.hearth.headend.registry.web;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import tv.hearth.support.net.HostPort;

/** Listens. One thread for all connections, one for answers. */
public final class Listener implements AutoCloseable {
  private static final int LINE = 1024;
  private static final int HEADERS = 4096;
  private static final int CHUNK = 8192;

  private final Limits limits;
  private final Supplier<SSLContext> tls;
  private final Pages pages;
  private final ConnectionGuard guard;
  private final EventLoopGroup loop;
  private final ThreadPoolExecutor workers;
  private final Channel channel;

  /**
   * Binds.
   *
   * @param port 0: any free one
   * @param tls asked for each connection, so that a renewed certificate is shown at once
   * @throws IOException where it can't listen there; the message names the port and the remedy
   */
  public Listener(String host, int port, Limits limits, Supplier<SSLContext> tls, Pages pages)
      throws IOException {
    this.limits = limits;
    this.tls = tls;
    this.pages = pages;
    this.guard = new ConnectionGuard(limits);
    this.loop =
        new MultiThreadIoEventLoopGroup(
            1, new DefaultThreadFactory("hearth-enrolment-io", true), NioIoHandler.newFactory());
    this.workers =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.queued()),
            new DefaultThreadFactory("hearth-enrolment", true));
    this.channel = bind(host, port);
  }

  private Channel bind(String host, int port) throws IOException {
    ChannelFuture bound =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, limits.connections())
            .option(ChannelOption.SO_REUSEADDR, true)
            .childHandler(new Pipeline())
            .bind(new InetSocketAddress(host, port))
            .awaitUninterruptibly();
    if (!bound.isSuccess()) {
      stopThreads();
      throw new IOException(
          "can't listen for enrolment on "
              + new HostPort(host, port)
              + " ("
              + bound.cause().getMessage()
              + "): free that port or set another",
          bound.cause());
    }
    return bound.channel();
  }

  /** The port that it listens on. */
  public int port() {
    return ((InetSocketAddress) channel.localAddress()).getPort();
  }

  /** Connections open now. */
  public int open() {
    return guard.open();
  }

  /** Connections closed at once because there were too many, or too many from one address. */
  public long turnedAway() {
    return guard.turnedAway();
  }

  @Override
  public void close() {
    channel.close().awaitUninterruptibly(200);
    stopThreads();
  }

  private void stopThreads() {
    workers.shutdown();
    try {
      if (!workers.awaitTermination(200, TimeUnit.MILLISECONDS)) {
        workers.shutdownNow();
      }
    } catch (InterruptedException e) {
      workers.shutdownNow();
      Thread.currentThread().interrupt();
    }
    loop.shutdownGracefully(0, 200, TimeUnit.MILLISECONDS).awaitUninterruptibly(1000);
  }

  private final class Pipeline extends ChannelInitializer<SocketChannel> {
    @Override
    protected void initChannel(SocketChannel child) {
      SSLEngine engine = tls.get().createSSLEngine();
      engine.setUseClientMode(false);
      engine.setWantClientAuth(true);
      engine.setEnabledProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
      SslHandler ssl = new SslHandler(engine);
      ssl.setHandshakeTimeoutMillis(limits.handshake().toMillis());
      ssl.setCloseNotifyFlushTimeoutMillis(1000);
      child
          .pipeline()
          .addLast(guard)
          .addLast(ssl)
          .addLast(new HttpServerCodec(LINE, HEADERS, CHUNK))
          .addLast(new BoundedAggregator(limits.body()))
          .addLast(new RequestHandler(pages, workers, pages::sent));
    }
  }
}
