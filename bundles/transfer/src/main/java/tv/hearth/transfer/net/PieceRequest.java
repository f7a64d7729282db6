package tv.hearth.transfer.net;

import io.netty.buffer.ByteBuf;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.transfer.core.ByteRange;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.serve.PieceDesk;

/** A get of a piece, or of a range of its bytes. */
final class PieceRequest implements Answering {
  private final Request request;
  private final RequestHead head;
  private Download download;
  private boolean closed;

  PieceRequest(Request request, RequestHead head) {
    this.request = request;
    this.head = head;
  }

  @Override
  public void start() {
    PieceDesk desk = request.node().desks().pieces();
    request.disk(() -> desk.info(head.route().piece()), this::found);
  }

  private void found(PieceInfo info) {
    try {
      ByteRange range = ByteRange.asked(head.range(), info.length());
      download = new Download(request, info, range, head.traffic());
      download.open(failure -> opened(info, range, failure));
    } catch (Refusal e) {
      request.refuse(e);
    }
  }

  private void opened(PieceInfo info, ByteRange range, Throwable failure) {
    if (closed) {
      return;
    }
    if (failure != null) {
      request.refuse(failure);
      return;
    }
    request.reply(info, range, download);
  }

  @Override
  public void body(ByteBuf content, boolean last) {
    content.release();
  }

  @Override
  public void close() {
    closed = true;
    if (download != null) {
      download.close();
    }
  }
}
