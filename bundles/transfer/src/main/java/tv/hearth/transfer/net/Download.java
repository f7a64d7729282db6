package tv.hearth.transfer.net;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.value.PieceId;
import tv.hearth.api.value.TrafficClass;
import tv.hearth.transfer.core.ByteRange;

/**
 * A range of a piece, unit by unit; the next one is read while one goes out. Whole units are read,
 * because only those can be checked, and cut to the range. On the connection's event loop, reading
 * on the disk threads.
 */
final class Download implements Sending.Source {
  private final Request request;
  private final PieceId piece;
  private final int unit;
  private final ByteRange range;
  private final TrafficClass traffic;
  private long position;
  private ByteBuf ahead;
  private Throwable failure;
  private boolean reading;
  private boolean closed;
  private Consumer<ByteBuf> waiting;

  Download(Request request, PieceInfo info, ByteRange range, TrafficClass traffic) {
    this.request = request;
    this.piece = info.piece();
    this.unit = info.unit();
    this.range = range;
    this.traffic = traffic;
    this.position = range.first();
  }

  /** Reads the first unit before anything is promised; {@code then} gets what failed, or null. */
  void open(Consumer<Throwable> then) {
    waiting =
        first -> {
          ahead = first;
          then.accept(failure);
        };
    fetch();
  }

  @Override
  public void next(Consumer<ByteBuf> ready) {
    if (ahead != null) {
      ByteBuf slice = ahead;
      ahead = null;
      fetch();
      ready.accept(slice);
    } else if (failure != null) {
      // The answer has begun: cutting it short is all that can be said now.
      request.abort(failure.getMessage());
    } else if (position > range.last() && !reading) {
      ready.accept(null);
    } else {
      waiting = ready;
      fetch();
    }
  }

  private void fetch() {
    if (reading || closed || position > range.last()) {
      return;
    }
    reading = true;
    long from = position;
    request.node().engine().disk(traffic, () -> read(from));
  }

  /** On a disk thread. */
  private void read(long from) {
    ByteBuf buffer = request.node().engine().buffers().directBuffer(unit, unit);
    try {
      int index = (int) (from / unit);
      int got = request.node().desks().pieces().read(piece, index, 1, buffer.nioBuffer(0, unit));
      int skip = (int) (from - (long) index * unit);
      int take = (int) Math.min(got - skip, range.last() - from + 1);
      buffer.setIndex(skip, skip + take);
      request.loop(() -> arrived(buffer, null));
    } catch (Throwable e) {
      buffer.release();
      request.loop(() -> arrived(null, e));
    }
  }

  private void arrived(ByteBuf buffer, Throwable problem) {
    reading = false;
    if (closed) {
      if (buffer != null) {
        buffer.release();
      }
      return;
    }
    failure = problem;
    if (buffer != null) {
      position += buffer.readableBytes();
    }
    if (waiting == null) {
      ahead = buffer;
      return;
    }
    Consumer<ByteBuf> ready = waiting;
    waiting = null;
    if (buffer == null && ready != null && position > range.first()) {
      request.abort(problem.getMessage());
      return;
    }
    ready.accept(buffer);
  }

  void close() {
    closed = true;
    if (ahead != null) {
      ahead.release();
      ahead = null;
    }
  }
}
