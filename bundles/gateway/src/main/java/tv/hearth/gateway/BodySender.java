package tv.hearth.gateway;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import tv.hearth.vendor.objects.ObjectFailure;
import tv.hearth.vendor.objects.ObjectRef;

/**
 * Sends a range in chunks: the next is read once the one before has left, so a connection holds one
 * chunk whatever the object's size. Where reading fails in the middle the connection is closed, and
 * the player asks again by range.
 */
final class BodySender {
  /** Bytes read at a time. */
  static final int CHUNK = 256 << 10;

  private static final System.Logger LOG = System.getLogger(BodySender.class.getName());

  private final ChannelHandlerContext ctx;
  private final Item item;
  private final Source source;
  private final Executor readers;
  private final Runnable finished;
  private long at;
  private long left;

  BodySender(
      ChannelHandlerContext ctx,
      Item item,
      ByteRange range,
      Source source,
      Executor readers,
      Runnable finished) {
    this.ctx = ctx;
    this.item = item;
    this.source = source;
    this.readers = readers;
    this.finished = finished;
    this.at = range.first();
    this.left = range.length();
  }

  /** Sends what is left; called on the channel's event loop. */
  void next() {
    if (left == 0) {
      finished.run();
      return;
    }
    long from = at;
    int length = (int) Math.min(CHUNK, left);
    try {
      readers.execute(() -> read(from, length));
    } catch (RejectedExecutionException e) {
      LOG.log(Level.WARNING, "too many players at once; closing one that reads " + item.ref());
      ctx.close();
    }
  }

  private void read(long from, int length) {
    ByteBuffer chunk = ByteBuffer.allocate(length);
    try {
      while (chunk.hasRemaining()) {
        if (source.read(item.ref(), from + chunk.position(), chunk) < 0) {
          throw new ObjectFailure(
              ObjectFailure.Problem.DAMAGED,
              item.ref().name() + " is shorter than its record says");
        }
      }
      chunk.flip();
      ctx.executor().execute(() -> write(chunk));
    } catch (ObjectFailure | RuntimeException e) {
      LOG.log(Level.WARNING, "reading stopped at byte " + from + ": " + e.getMessage());
      ctx.close();
    }
  }

  private void write(ByteBuffer chunk) {
    at += chunk.remaining();
    left -= chunk.remaining();
    ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(chunk)))
        .addListener(
            sent -> {
              if (sent.isSuccess()) {
                next();
              } else {
                ctx.close();
              }
            });
  }

  /** Where bytes come from; as {@code ObjectStore.read}. */
  @FunctionalInterface
  interface Source {
    int read(ObjectRef ref, long offset, ByteBuffer into) throws ObjectFailure;
  }
}
