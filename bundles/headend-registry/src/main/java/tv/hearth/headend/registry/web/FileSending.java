package tv.hearth.headend.registry.web;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.LongConsumer;

/**
 * Sends a part of a file, a slice at a time: the next is read, on a worker, once the client has
 * taken the one before, so that an answer takes 64 KiB of heap whatever its size. Where the file
 * can't be read any more the connection is cut.
 */
final class FileSending {
  private static final System.Logger LOG = System.getLogger(FileSending.class.getName());
  private static final int SLICE = 1 << 16;

  private final ChannelHandlerContext context;
  private final FilePart part;
  private final Executor workers;
  private final LongConsumer sent;
  private long position;

  /**
   * Sends nothing yet.
   *
   * @param sent told the bytes of each slice that goes out
   */
  FileSending(ChannelHandlerContext context, FilePart part, Executor workers, LongConsumer sent) {
    this.context = context;
    this.part = part;
    this.workers = workers;
    this.sent = sent;
    this.position = part.from();
  }

  /** The next slice; on a worker. */
  void next() {
    long left = part.from() + part.length() - position;
    if (left == 0) {
      context
          .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
          .addListener(ChannelFutureListener.CLOSE);
      return;
    }
    try {
      byte[] slice = read((int) Math.min(SLICE, left));
      position += slice.length;
      sent.accept(slice.length);
      context
          .writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(slice)))
          .addListener((ChannelFuture written) -> written(written.isSuccess()));
    } catch (IOException e) {
      LOG.log(System.Logger.Level.WARNING, part.file() + " can't be sent on: " + e.getMessage());
      context.close();
    }
  }

  private void written(boolean good) {
    if (!good) {
      context.close();
      return;
    }
    try {
      workers.execute(this::next);
    } catch (RejectedExecutionException e) {
      context.close();
    }
  }

  private byte[] read(int length) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(length);
    try (FileChannel channel = FileChannel.open(part.file(), StandardOpenOption.READ)) {
      while (buffer.hasRemaining()) {
        if (channel.read(buffer, position + buffer.position()) < 0) {
          throw new IOException("it has become shorter");
        }
      }
    }
    return buffer.array();
  }
}
