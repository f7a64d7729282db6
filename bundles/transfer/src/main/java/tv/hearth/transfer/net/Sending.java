package tv.hearth.transfer.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.function.Consumer;
import tv.hearth.api.value.TrafficClass;

/**
 * Sends a body slice by slice: each when it is there, the line is free for its class, and the peer
 * has taken the one before. Holds at most one slice. On the connection's event loop.
 */
final class Sending {
  private final ChannelHandlerContext ctx;
  private final Node node;
  private final TrafficClass traffic;
  private final Source source;
  private final Consumer<Throwable> done;
  private Shaping.Turn turn;
  private ByteBuf slice;
  private long takenBy = Long.MAX_VALUE;
  private boolean closed;

  /** Where slices come from. */
  interface Source {
    /** Gives the next slice to {@code ready}, now or later on the event loop; null at the end. */
    void next(Consumer<ByteBuf> ready);
  }

  /**
   * Sends nothing yet.
   *
   * @param done called once: with null after the last slice went out, else with what failed
   */
  Sending(
      ChannelHandlerContext ctx,
      Node node,
      TrafficClass traffic,
      Source source,
      Consumer<Throwable> done) {
    this.ctx = ctx;
    this.node = node;
    this.traffic = traffic;
    this.source = source;
    this.done = done;
  }

  void next() {
    if (!closed) {
      source.next(this::ready);
    }
  }

  private void ready(ByteBuf next) {
    if (closed) {
      if (next != null) {
        next.release();
      }
    } else if (next == null) {
      takenBy = deadline();
      ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
          .addListener((ChannelFuture sent) -> finish(sent.cause()));
    } else {
      slice = next;
      turn =
          node.shaping()
              .ask(Shaping.Way.UP, traffic, next.readableBytes(), ctx.executor(), this::go);
      if (turn == null) {
        go();
      }
    }
  }

  private void go() {
    turn = null;
    if (closed) {
      return;
    }
    ByteBuf out = slice;
    slice = null;
    int bytes = out.readableBytes();
    takenBy = deadline();
    ctx.writeAndFlush(new DefaultHttpContent(out))
        .addListener((ChannelFuture sent) -> sent(bytes, sent.cause()));
  }

  private void sent(int bytes, Throwable failure) {
    takenBy = Long.MAX_VALUE;
    if (failure != null) {
      finish(failure);
      return;
    }
    node.meters().sent(traffic, bytes);
    next();
  }

  private void finish(Throwable failure) {
    if (!closed) {
      closed = true;
      done.accept(failure);
    }
  }

  /** True where the peer did not take a slice in time. */
  boolean stalled(long now) {
    return takenBy != Long.MAX_VALUE && now - takenBy > 0;
  }

  void close() {
    closed = true;
    if (turn != null) {
      turn.cancel();
    }
    if (slice != null) {
      slice.release();
      slice = null;
    }
  }

  private long deadline() {
    return System.nanoTime() + node.settings().answer().toNanos();
  }
}
