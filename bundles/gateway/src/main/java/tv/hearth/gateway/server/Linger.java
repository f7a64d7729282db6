package tv.hearth.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Closes in two steps (RFC 9112 §9.6): sends the end, then reads over what still comes in, bounded.
 * Closed at once, a socket with unread bytes resets, and the client may lose the last answer.
 */
final class Linger extends ChannelInboundHandlerAdapter {
  private static final long MILLIS = 1000;
  private static final long MOST_BYTES = 256 << 10;
  private long read;
  private Future<?> timer;

  private Linger() {}

  /** Closes that way; called on the event loop, once all is written. */
  static void close(Channel channel) {
    if (!channel.isActive()) {
      return;
    }
    channel.pipeline().addFirst(new Linger());
    ((SocketChannel) channel).shutdownOutput();
    channel.config().setAutoRead(true);
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    timer = ctx.executor().schedule(() -> ctx.close(), MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    read += bytes instanceof ByteBuf buffer ? buffer.readableBytes() : 0;
    ReferenceCountUtil.release(bytes);
    if (read > MOST_BYTES) {
      ctx.close();
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    timer.cancel(false);
    ctx.fireChannelInactive();
  }
}
