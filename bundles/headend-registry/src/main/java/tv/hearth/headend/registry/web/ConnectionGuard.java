package tv.hearth.headend.registry.web;

import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds connections: how many, how often from one address, and how long each may last whatever it
 * does.
 */
@Sharable
final class ConnectionGuard extends ChannelInboundHandlerAdapter {
  private static final int ADDRESSES = 4096;
  private final Limits limits;
  private final RateLimiter rates;
  private final AtomicInteger open = new AtomicInteger();
  private final AtomicLong turnedAway = new AtomicLong();

  ConnectionGuard(Limits limits) {
    this.limits = limits;
    this.rates = new RateLimiter(limits.ratePerSecond(), limits.burst(), ADDRESSES);
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    boolean room = open.incrementAndGet() <= limits.connections();
    context.channel().closeFuture().addListener(closed -> open.decrementAndGet());
    if (!room || !rates.allow(address(context.channel().remoteAddress()), System.nanoTime())) {
      turnedAway.incrementAndGet();
      context.close();
      return;
    }
    var deadline =
        context
            .executor()
            .schedule(() -> context.close(), limits.whole().toMillis(), TimeUnit.MILLISECONDS);
    context.channel().closeFuture().addListener(closed -> deadline.cancel(false));
    context.fireChannelActive();
  }

  private static Object address(SocketAddress remote) {
    return remote instanceof InetSocketAddress inet ? inet.getAddress() : "unknown";
  }

  int open() {
    return open.get();
  }

  long turnedAway() {
    return turnedAway.get();
  }
}
