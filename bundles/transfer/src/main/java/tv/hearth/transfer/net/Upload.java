package tv.hearth.transfer.net;

import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.Optional;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.api.value.PieceId;
import tv.hearth.transfer.core.ByteRange;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.serve.PieceDesk;
import tv.hearth.transfer.serve.Reply;

/**
 * A part of a piece being put. Its grant is checked and its room reserved before a byte of the body
 * is asked for; then at most {@value #MOST_QUEUED} bytes and what one read brought are held, and
 * reading pauses while the disk or the line is behind.
 */
final class Upload implements Answering {
  private static final int SLICE = 64 << 10;
  private static final int MOST_QUEUED = 2 * SLICE;

  private final Request request;
  private final RequestHead head;
  private final PieceId piece;
  private final Deque<ByteBuf> queue = new ArrayDeque<>();
  private ByteRange range;
  private long offset;
  private int queued;
  private boolean ready;
  private boolean writing;
  private boolean whole;
  private boolean closed;
  private Reply known;

  Upload(Request request, RequestHead head) {
    this.request = request;
    this.head = head;
    this.piece = head.route().piece();
  }

  @Override
  public void start() {
    try {
      range = ByteRange.said(head.contentRange());
      byte[] grant = grant();
      if (range.length() != head.length()) {
        throw new Refusal(Problem.PROTOCOL, "Content-Range and Content-Length differ");
      }
      offset = range.first();
      request.hold(Request.DISK);
      request.disk(() -> desk().begin(piece, grant, range), this::begun);
    } catch (Refusal e) {
      request.refuse(e);
    }
  }

  private byte[] grant() throws Refusal {
    if (head.grant() == null) {
      throw new Refusal(Problem.REFUSED, "a put needs its owner's grant in Hearth-Grant");
    }
    try {
      return Base64.getUrlDecoder().decode(head.grant());
    } catch (IllegalArgumentException e) {
      throw new Refusal(Problem.REFUSED, "Hearth-Grant is not base64url");
    }
  }

  private void begun(Optional<Reply> receipt) {
    ready = true;
    known = receipt.orElse(null);
    if (known != null && head.expects()) {
      // The peer still holds its body back and need not send it.
      request.reply(known);
      return;
    }
    request.proceed();
    request.release(Request.DISK);
    pump();
  }

  @Override
  public void body(ByteBuf content, boolean last) {
    whole |= last;
    int bytes = content.readableBytes();
    if (closed || bytes == 0 || known != null) {
      content.release();
    } else {
      queue.add(content);
      queued += bytes;
    }
    pump();
    if (writing && queued >= MOST_QUEUED) {
      request.hold(Request.DISK);
    }
  }

  private void pump() {
    if (!ready || writing || closed) {
      return;
    }
    if (known != null) {
      if (whole) {
        request.reply(known);
      }
    } else if (queued >= SLICE || whole) {
      flush();
    }
  }

  private void flush() {
    ByteBuf[] parts = queue.toArray(ByteBuf[]::new);
    queue.clear();
    int bytes = queued;
    queued = 0;
    writing = true;
    boolean last = whole;
    long at = offset;
    offset += bytes;
    request.disk(() -> write(parts, bytes, at, last), this::written);
  }

  /** On a disk thread: one copy, so that the store gets one buffer for many TLS records. */
  private Object write(ByteBuf[] parts, int bytes, long at, boolean last) throws Exception {
    ByteBuf slice = request.node().engine().buffers().directBuffer(Math.max(1, bytes));
    try {
      for (ByteBuf part : parts) {
        slice.writeBytes(part);
      }
      long written = desk().write(piece, at, slice.nioBuffer());
      if (!last) {
        return written;
      }
      return written >= range.total() ? desk().commit(piece) : Reply.written(written);
    } finally {
      slice.release();
      for (ByteBuf part : parts) {
        part.release();
      }
    }
  }

  private void written(Object result) {
    writing = false;
    if (result instanceof Reply reply) {
      request.reply(reply);
      return;
    }
    request.release(Request.DISK);
    pump();
  }

  @Override
  public void close() {
    closed = true;
    queue.forEach(ByteBuf::release);
    queue.clear();
  }

  private PieceDesk desk() {
    return request.node().desks().pieces();
  }
}
