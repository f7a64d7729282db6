package tv.hearth.transfer.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;

/**
 * Stands before TLS and bounds what is taken in before the handshake is done. In TLS 1.3 a client
 * may send its request while its certificate is still being checked on another thread; the TLS
 * handler would pile all of that up. The channel must not read by itself until {@link #open}.
 */
final class HandshakeGuard extends ChannelDuplexHandler {
  /** More than any handshake of ours, which are some KiB. */
  private static final int MOST = 64 << 10;

  private int taken;
  private boolean open;

  /** The handshake is done. */
  void open() {
    open = true;
  }

  @Override
  public void channelActive(ChannelHandlerContext ctx) {
    ctx.fireChannelActive();
    ctx.read();
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!open && message instanceof ByteBuf bytes) {
      taken += bytes.readableBytes();
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void read(ChannelHandlerContext ctx) {
    if (open || taken <= MOST) {
      ctx.read();
    }
  }
}
