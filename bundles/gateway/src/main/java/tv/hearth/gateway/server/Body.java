package tv.hearth.gateway.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultHttpContent;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import tv.hearth.gateway.http.ByteRange;
import tv.hearth.gateway.http.Item;

/**
 * Sends a range chunk by chunk, a chunk slice by slice: the next is read once the one before has
 * left, so a connection holds one chunk on the heap and one slice outside whatever the object's
 * size. Where reading fails for good in the middle the connection is closed, and the player asks
 * again by range. Used on the event loop alone.
 */
final class Body implements Errand.Outcome<ByteBuffer> {
  /** Bytes that a client must take within {@link Settings#stall}. */
  static final int SLICE = 32 << 10;

  private static final long STALL_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final System.Logger LOG = System.getLogger(Body.class.getName());

  private final Channel channel;
  private final House house;
  private final Place place;
  private final Item item;
  private final Runnable finished;
  private long at;
  private long left;
  private long asked;

  /**
   * Nothing of it is sent.
   *
   * @param finished called once all has left
   */
  Body(Channel channel, House house, Place place, Item item, ByteRange range, Runnable finished) {
    this.channel = channel;
    this.house = house;
    this.place = place;
    this.item = item;
    this.finished = finished;
    this.at = range.first();
    this.left = range.length();
  }

  /** Bytes of the range's first chunk. */
  static int first(House house, ByteRange range) {
    return (int) Math.min(house.settings().chunk(), range.length());
  }

  /** Sends the first chunk, then what is left. */
  void send(ByteBuffer chunk) {
    if (chunk.hasRemaining()) {
      slice(chunk);
    } else if (left == 0) {
      finished.run();
    } else {
      read();
    }
  }

  private void read() {
    long from = at;
    int length = (int) Math.min(house.settings().chunk(), left);
    asked = System.nanoTime();
    place.enters(Place.Phase.WORKING, asked);
    new Errand<>(
            channel.eventLoop(),
            house.readers().lane(place.isOwn()),
            true,
            () -> house.store().read(item, from, length),
            this)
        .start();
  }

  @Override
  public void done(ByteBuffer chunk) {
    if (System.nanoTime() - asked > STALL_NANOS) {
      house.books().stalled();
    }
    if (wanted()) {
      slice(chunk);
    }
  }

  @Override
  public void failed(Throwable failure) {
    LOG.log(Level.WARNING, () -> "a body ends at byte " + at + ": " + Failures.name(failure));
    LOG.log(Level.DEBUG, "the failure", failure);
    house.books().cut();
    channel.close();
  }

  @Override
  public boolean wanted() {
    return channel.isActive();
  }

  private void slice(ByteBuffer chunk) {
    int length = Math.min(SLICE, chunk.remaining());
    ByteBuffer part = chunk.slice(chunk.position(), length);
    chunk.position(chunk.position() + length);
    place.enters(Place.Phase.TAKING, System.nanoTime());
    ChannelFuture write =
        channel.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(part)));
    Taking.bound(channel, house, write);
    write.addListener(sent -> taken(sent.isSuccess(), length, chunk));
  }

  private void taken(boolean success, int length, ByteBuffer chunk) {
    if (!success) {
      house.books().cut();
      channel.close();
      return;
    }
    at += length;
    left -= length;
    house.books().sent(length);
    send(chunk);
  }
}
