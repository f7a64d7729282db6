package tv.hearth.transfer.net;

import io.netty.buffer.ByteBuf;
import tv.hearth.api.pieces.RecordKind;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.core.Route;
import tv.hearth.transfer.serve.Reply;

/** Everything but the bytes of pieces: the body is taken whole, then answered on a disk thread. */
final class SmallRequest implements Answering {
  private final Request request;
  private final RequestHead head;
  private byte[] content = new byte[0];
  private int filled;
  private boolean asked;

  SmallRequest(Request request, RequestHead head) {
    this.request = request;
    this.head = head;
  }

  @Override
  public void start() {
    int length = (int) head.length();
    boolean record = head.route().action() == Route.Action.PUT_RECORD;
    if (record && !request.allowRecord(length)) {
      request.refuse(new Refusal(Problem.BUSY, 429, "too many record bytes: try later"));
    } else if (!request.reserve(length)) {
      request.refuse(new Refusal(Problem.BUSY, "too many bodies at once: try later"));
    } else {
      content = new byte[length];
      request.proceed();
    }
  }

  @Override
  public void body(ByteBuf part, boolean last) {
    int bytes = part.readableBytes();
    if (bytes <= content.length - filled) {
      part.readBytes(content, filled, bytes);
      filled += bytes;
    }
    part.release();
    if (last && !asked && filled == head.length()) {
      asked = true;
      if (isOrder()) {
        request.order(this::answer, request::reply);
      } else {
        request.disk(this::answer, request::reply);
      }
    }
  }

  private boolean isOrder() {
    Route route = head.route();
    return route.action() == Route.Action.KEEP
        || route.action() == Route.Action.TOMBSTONE
        || route.action() == Route.Action.PUT_RECORD && route.key().kind() == RecordKind.TOMBSTONE;
  }

  /** On a disk thread, or that of orders. */
  private Reply answer() throws Exception {
    Node.Desks desks = request.node().desks();
    Route route = head.route();
    switch (route.action()) {
      case HEAD_PIECE:
        return desks.pieces().head(route.piece());
      case HASHES:
        return desks.pieces().hashes(route.piece());
      case KEEP:
        return desks.deletions().keep(content);
      case TOMBSTONE:
        return desks.deletions().tombstone(content, null);
      case GET_RECORD:
        return desks.records().get(route.key());
      case PUT_RECORD:
        return desks.records().put(route.key(), content);
      case LIST:
        return desks.records().list(route.kind(), route.subject(), route.after());
      case HELD_CHUNKS:
        return desks.payloads().held(route.subject());
      case GET_CHUNK:
        return desks.payloads().chunk(route.subject(), route.after());
      case GET_ENDPOINTS:
        return Reply.cbor(desks.endpoints().tell());
      case POST_ENDPOINTS:
        return Reply.count(desks.endpoints().hear(content));
      default:
        throw new IllegalStateException("not a small request: " + route.action());
    }
  }

  @Override
  public void close() {
    content = new byte[0];
  }
}
