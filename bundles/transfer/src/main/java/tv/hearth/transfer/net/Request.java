package tv.hearth.transfer.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import tv.hearth.api.pieces.PieceInfo;
import tv.hearth.api.transfer.TransferException.Problem;
import tv.hearth.transfer.core.ByteRange;
import tv.hearth.transfer.core.Progress;
import tv.hearth.transfer.core.Refusal;
import tv.hearth.transfer.core.Route;
import tv.hearth.transfer.serve.Failures;
import tv.hearth.transfer.serve.Reply;

/**
 * A request from its head to the end of its answer. What comes back from disk threads after that is
 * dropped. On the connection's event loop.
 */
final class Request {
  /** Reading pauses: the disk is behind. */
  static final int DISK = 1;

  /** Reading pauses: the line is used up. */
  static final int LINE = 2;

  private final Inbound connection;
  private final ChannelHandlerContext ctx;
  private final RequestHead head;
  private final Progress progress;
  private final Answering answering;
  private Shaping.Turn turn;
  private Sending sending;
  private int held;
  private int reserved;
  private boolean bodyDone;
  private boolean answered;
  private boolean closed;

  Request(Inbound connection, ChannelHandlerContext ctx, RequestHead head) {
    this.connection = connection;
    this.ctx = ctx;
    this.head = head;
    Settings settings = node().settings();
    this.progress =
        new Progress(settings.leastRate(), settings.window().toNanos(), System.nanoTime());
    this.answering = answering(head);
  }

  private Answering answering(RequestHead head) {
    if (head.route().action() == Route.Action.PUT_PIECE) {
      return new Upload(this, head);
    } else if (head.route().action() == Route.Action.GET_PIECE) {
      return new PieceRequest(this, head);
    }
    return new SmallRequest(this, head);
  }

  Node node() {
    return connection.node();
  }

  Inbound connection() {
    return connection;
  }

  void start() {
    answering.start();
  }

  void body(ByteBuf content, boolean last) {
    bodyDone |= last;
    int bytes = content.readableBytes();
    if (answered) {
      content.release();
      return;
    }
    progress.moved(bytes);
    node().meters().received(head.traffic(), bytes);
    answering.body(content, last);
    if (!closed && !bodyDone && turn == null && bytes > 0) {
      turn =
          node()
              .shaping()
              .ask(Shaping.Way.DOWN, head.traffic(), bytes, ctx.executor(), this::lineFree);
      if (turn != null) {
        hold(LINE);
      }
    }
  }

  private void lineFree() {
    turn = null;
    release(LINE);
  }

  /** Stops reading the body. */
  void hold(int why) {
    held |= why;
    progress.hold();
    ctx.channel().config().setAutoRead(false);
  }

  /** Goes on reading unless there is another reason not to. */
  void release(int why) {
    int before = held;
    held &= ~why;
    if (!closed && before != 0 && held == 0) {
      progress.resume(System.nanoTime());
      ctx.channel().config().setAutoRead(true);
    }
  }

  /** Tells a peer that waits for it to send its body. */
  void proceed() {
    if (head.expects() && !bodyDone) {
      ctx.writeAndFlush(Responses.proceed());
    }
  }

  /** Works on a disk thread, then goes on here; a failure is answered. */
  <T> void disk(Callable<T> work, Consumer<T> then) {
    node().engine().disk(head.traffic(), () -> work(work, then));
  }

  /** As {@link #disk}, for what may take long: beside the threads that streams wait for. */
  <T> void order(Callable<T> work, Consumer<T> then) {
    try {
      node().engine().order(() -> work(work, then));
    } catch (RejectedExecutionException e) {
      refuse(new Refusal(Problem.BUSY, "too many orders wait here: try later"));
    }
  }

  private <T> void work(Callable<T> work, Consumer<T> then) {
    try {
      T result = work.call();
      loop(() -> then.accept(result));
    } catch (Throwable e) {
      loop(() -> refuse(e));
    }
  }

  /** Goes on here, from another thread, unless the request is over by then. */
  void loop(Runnable task) {
    try {
      ctx.executor()
          .execute(
              () -> {
                if (!closed) {
                  guarded(task);
                }
              });
    } catch (RejectedExecutionException e) {
      // The loop has ended, and the connection with it: nobody waits for this.
      return;
    }
  }

  private void guarded(Runnable task) {
    try {
      task.run();
    } catch (RuntimeException e) {
      refuse(e);
    }
  }

  /** Takes heap for a body; false where too much is taken already. */
  boolean reserve(int bytes) {
    if (!connection.listener().reserve(bytes)) {
      return false;
    }
    reserved += bytes;
    return true;
  }

  /** Takes from the peer's share of record bytes. */
  boolean allowRecord(int bytes) {
    return connection.allowRecord(bytes);
  }

  /** Answers; a large body counts against the heap for bodies. */
  void reply(Reply reply) {
    if (answered || closed) {
      return;
    }
    if (reply.body().length > Responses.SMALL && !reserve(reply.body().length)) {
      refuse(new Refusal(Problem.BUSY, "too many answers at once: try later"));
      return;
    }
    begin();
    if (reply.body().length <= Responses.SMALL) {
      node().meters().sent(head.traffic(), reply.body().length);
      ctx.writeAndFlush(ending(Responses.whole(reply)))
          .addListener((ChannelFuture sent) -> finish(sent.cause()));
    } else {
      ctx.write(ending(Responses.head(reply)));
      send(new Slices(reply.body()));
    }
  }

  /** Begins an answer with a piece's bytes. */
  void reply(PieceInfo info, ByteRange range, Sending.Source source) {
    begin();
    ctx.write(ending(Responses.piece(info, range, head.range() != null)));
    send(source);
  }

  private void begin() {
    answered = true;
    node().meters().answered();
  }

  private void send(Sending.Source source) {
    sending = new Sending(ctx, node(), head.traffic(), source, this::finish);
    sending.next();
  }

  /** Answers with an error. */
  void refuse(Throwable failure) {
    if (answered || closed) {
      return;
    }
    answered = true;
    Refusal refusal = Failures.refusal(failure);
    node().meters().refused(refusal.problem());
    boolean put = head.route().action() == Route.Action.PUT_PIECE;
    if (put && refusal.problem() == Problem.REFUSED) {
      node().meters().grantRefused();
    }
    Reply reply = Reply.refusal(refusal);
    boolean headOnly = head.route().action() == Route.Action.HEAD_PIECE;
    ctx.writeAndFlush(ending(Responses.whole(headOnly ? reply.bodiless() : reply)))
        .addListener((ChannelFuture sent) -> finish(sent.cause()));
  }

  /** Cuts an answer that has begun. */
  void abort(String why) {
    connection.close(why);
  }

  private <R extends HttpResponse> R ending(R response) {
    if (!bodyDone || !head.keepAlive()) {
      connection.lastAnswer();
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
    return response;
  }

  private void finish(Throwable failure) {
    if (failure != null) {
      connection.close("an answer could not be sent: " + failure.getMessage());
    } else if (!closed) {
      close();
      connection.finished(bodyDone);
    }
  }

  /** True where the peer gives or takes too little. */
  boolean stalled(long now) {
    return !bodyDone && !answered && progress.stalled(now)
        || sending != null && sending.stalled(now);
  }

  void close() {
    closed = true;
    if (turn != null) {
      turn.cancel();
    }
    if (sending != null) {
      sending.close();
    }
    answering.close();
    connection.listener().free(reserved);
    reserved = 0;
  }

  /** A body in heap, in slices. */
  private static final class Slices implements Sending.Source {
    private final ByteBuf left;

    Slices(byte[] body) {
      left = Unpooled.wrappedBuffer(body);
    }

    @Override
    public void next(Consumer<ByteBuf> ready) {
      int bytes = Math.min(Responses.SMALL, left.readableBytes());
      ready.accept(bytes == 0 ? null : left.readRetainedSlice(bytes));
    }
  }
}
