package tv.hearth.gateway.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.Promise;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import tv.hearth.support.net.HostPort;

/**
 * The listening socket: opened again and again, with growing pauses, until it listens. A port may
 * be in use for the moment, a LAN address may be there only once the lease is.
 */
final class Port {
  private static final long LONGEST_PAUSE_MILLIS = 30_000;

  private final Settings settings;
  private final ServerBootstrap bootstrap;
  private final EventLoop loop;
  private final Listener.News news;
  private long pauseMillis;
  private Channel server;
  private boolean closed;

  Port(Settings settings, ServerBootstrap bootstrap, EventLoop loop, Listener.News news) {
    this.settings = settings;
    this.bootstrap = bootstrap;
    this.loop = loop;
    this.news = news;
    this.pauseMillis = settings.retry().toMillis();
  }

  /** Begins; returns once the first attempt is decided. */
  void open() {
    attempt().awaitUninterruptibly();
  }

  private Future<?> attempt() {
    Promise<Void> decided = loop.newPromise();
    bootstrap
        .bind(settings.host(), settings.port())
        .addListener(
            done ->
                loop.execute(
                    () -> {
                      outcome((ChannelFuture) done);
                      decided.setSuccess(null);
                    }));
    return decided;
  }

  private void outcome(ChannelFuture done) {
    if (closed) {
      done.channel().close();
    } else if (done.isSuccess()) {
      server = done.channel();
      news.listening((InetSocketAddress) server.localAddress());
    } else {
      news.refused(message(done.cause()));
      loop.schedule(this::again, pauseMillis, TimeUnit.MILLISECONDS);
      pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, pauseMillis * 2);
    }
  }

  private void again() {
    if (!closed) {
      attempt();
    }
  }

  private String message(Throwable cause) {
    return "can't listen on "
        + new HostPort(settings.host(), settings.port())
        + " ("
        + (cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage())
        + "): set port, or host, in the configuration tv.hearth.gateway to another; tried again in "
        + Math.max(1, pauseMillis / 1000)
        + " s";
  }

  /** Listens no more; on the event loop. */
  void close() {
    closed = true;
    if (server != null) {
      server.close();
    }
  }
}
