package tv.hearth.gateway.server;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Times how a request comes in: once its first byte is there, all of it must be within a bound,
 * however many bytes trickle in meanwhile; between requests a connection may be idle for another.
 * Stands before the decoder; used on the event loop alone.
 */
final class HeadClock extends ChannelInboundHandlerAdapter {
  /** Fired to the handlers behind. */
  enum Late {
    /** A request did not come in whole. */
    REQUEST,
    /** None began. */
    IDLE
  }

  private final Duration head;
  private final Duration idle;
  private ChannelHandlerContext context;
  private Future<?> timer;
  private boolean waiting;

  HeadClock(Duration head, Duration idle) {
    this.head = head;
    this.idle = idle;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
    waiting = true;
    start(head, Late.IDLE);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object bytes) {
    if (waiting) {
      waiting = false;
      start(head, Late.REQUEST);
    }
    ctx.fireChannelRead(bytes);
  }

  /** A request is whole, or of no interest any more. */
  void stop() {
    waiting = false;
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  /** The answer is sent; the next request may come. */
  void next() {
    waiting = true;
    start(idle, Late.IDLE);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    stop();
    ctx.fireChannelInactive();
  }

  private void start(Duration time, Late late) {
    if (timer != null) {
      timer.cancel(false);
    }
    timer =
        context
            .executor()
            .schedule(
                () -> context.fireUserEventTriggered(late), time.toMillis(), TimeUnit.MILLISECONDS);
  }
}
