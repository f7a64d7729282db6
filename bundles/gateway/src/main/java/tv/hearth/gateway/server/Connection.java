package tv.hearth.gateway.server;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import tv.hearth.gateway.http.Answer;
import tv.hearth.gateway.http.Door;
import tv.hearth.gateway.http.Problems;
import tv.hearth.gateway.http.Request;
import tv.hearth.gateway.http.Target;

/**
 * One connection: a request at a time, in order. While one is answered nothing more is read, so a
 * client that pipelines waits in its own buffers. Used on the event loop alone.
 */
final class Connection extends SimpleChannelInboundHandler<HttpObject> {
  /** Fired to have a connection finish its answer and close. */
  static final Object DRAIN = new Object();

  private static final System.Logger LOG = System.getLogger(Connection.class.getName());

  private final House house;
  private final Place place;
  private final HeadClock clock;
  private final boolean full;
  private State state = State.READING;
  private HttpRequest head;
  private long discarded;
  private boolean keep;

  private enum State {
    READING,
    ANSWERING,
    CLOSING
  }

  /**
   * A new one.
   *
   * @param full whether there is no room: the first request is answered so, and the last
   */
  Connection(House house, Place place, HeadClock clock, boolean full) {
    this.house = house;
    this.place = place;
    this.clock = clock;
    this.full = full;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
    if (state != State.READING) {
      return;
    }
    if (message.decoderResult().isFailure()) {
      refuse(ctx, Framing.malformed(message.decoderResult().cause()));
      return;
    }
    if (message instanceof HttpRequest begun) {
      begin(ctx, begun);
    }
    if (message instanceof HttpContent part && state == State.READING) {
      discard(ctx, part);
    }
  }

  private void begin(ChannelHandlerContext ctx, HttpRequest begun) {
    head = begun;
    discarded = 0;
    Optional<Answer> refusal = full ? Optional.of(tooMany()) : Framing.check(begun);
    if (refusal.isPresent()) {
      refuse(ctx, refusal.get());
      return;
    }
    boolean waits = HttpUtil.is100ContinueExpected(begun) && Framing.hasBody(begun);
    keep = HttpUtil.isKeepAlive(begun) && !waits;
    if (waits) {
      answer(ctx);
    }
  }

  private void discard(ChannelHandlerContext ctx, HttpContent part) {
    discarded += part.content().readableBytes();
    if (discarded > Framing.MOST_BODY) {
      refuse(ctx, Framing.tooLong());
    } else if (part instanceof LastHttpContent) {
      answer(ctx);
    }
  }

  private static Answer tooMany() {
    return Problems.later(
        "too many players at once: try again, or raise tv.hearth.gateway's connections", 2);
  }

  private void refuse(ChannelHandlerContext ctx, Answer answer) {
    keep = false;
    house.books().refusedRequest();
    settle(ctx);
    send(ctx, answer, null);
  }

  private void settle(ChannelHandlerContext ctx) {
    state = State.ANSWERING;
    clock.stop();
    place.enters(Place.Phase.WORKING, System.nanoTime());
    ctx.channel().config().setAutoRead(false);
  }

  private void answer(ChannelHandlerContext ctx) {
    settle(ctx);
    Request request = request();
    Door.Decision decision = house.door().decide(request);
    if (decision.answer() == null) {
      ask(ctx, request, decision.target());
      return;
    }
    if (decision.answer().status() >= 400) {
      house.books().refusedRequest();
    }
    send(ctx, decision.answer(), null);
  }

  private Request request() {
    return new Request(
        head.method().name(),
        head.uri(),
        head.protocolVersion().minorVersion(),
        head.headers()::getAll,
        place.isOwn());
  }

  /** An answer, and the first bytes of its body where it has one from the store. */
  private record Ready(Answer answer, ByteBuffer chunk) {}

  /** The first bytes are read before the head is sent: until then a failure has a status. */
  private Ready prepare(Request request, Target target)
      throws tv.hearth.vendor.objects.ObjectFailure {
    Answer answer = house.desk().answer(request, target, Instant.now());
    if (answer.body() instanceof Answer.Stored stored && request.isGet() && stored.length() > 0) {
      int length = Body.first(house, stored.range());
      return new Ready(answer, house.store().read(stored.item(), stored.range().first(), length));
    }
    return new Ready(answer, ByteBuffer.allocate(0));
  }

  private void ask(ChannelHandlerContext ctx, Request request, Target target) {
    Errand.Outcome<Ready> outcome =
        new Errand.Outcome<>() {
          @Override
          public void done(Ready ready) {
            send(ctx, house.door().dress(request, ready.answer()), ready.chunk());
          }

          @Override
          public void failed(Throwable failure) {
            Answer answer = Problems.answer(failure);
            // 503 says that it passes; whoever asks every second must not fill the log.
            boolean fault = answer.status() >= 500 && answer.status() != 503;
            LOG.log(
                fault ? Level.WARNING : Level.DEBUG,
                () -> "answered " + answer.status() + ": " + Failures.name(failure));
            LOG.log(Level.DEBUG, "the failure", failure);
            send(ctx, house.door().dress(request, answer), null);
          }

          @Override
          public boolean wanted() {
            return ctx.channel().isActive();
          }
        };
    new Errand<>(
            ctx.channel().eventLoop(),
            house.readers().lane(place.isOwn()),
            false,
            () -> prepare(request, target),
            outcome)
        .start();
  }

  private void send(ChannelHandlerContext ctx, Answer answer, ByteBuffer chunk) {
    if (!ctx.channel().isActive()) {
      return;
    }
    house.books().answered(answer.status());
    int minor = head == null ? 1 : head.protocolVersion().minorVersion();
    ctx.write(Heads.of(answer, minor, keep, Instant.now()));
    boolean bare = head != null && head.method().name().equals("HEAD");
    if (bare || answer.body().length() == 0) {
      finish(ctx);
    } else if (answer.body() instanceof Answer.Text text) {
      ctx.write(new DefaultHttpContent(Unpooled.wrappedBuffer(text.bytes())));
      finish(ctx);
    } else if (answer.body() instanceof Answer.Stored stored) {
      new Body(ctx.channel(), house, place, stored.item(), stored.range(), () -> finish(ctx))
          .send(chunk);
    }
  }

  private void finish(ChannelHandlerContext ctx) {
    place.enters(Place.Phase.TAKING, System.nanoTime());
    ChannelFuture write = ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT);
    Taking.bound(ctx.channel(), house, write);
    write.addListener(sent -> ended(ctx, sent.isSuccess()));
  }

  private void ended(ChannelHandlerContext ctx, boolean sent) {
    if (!sent) {
      ctx.close();
    } else if (keep) {
      next(ctx);
    } else {
      state = State.CLOSING;
      place.enters(Place.Phase.ENDING, System.nanoTime());
      Linger.close(ctx.channel());
    }
  }

  private void next(ChannelHandlerContext ctx) {
    state = State.READING;
    head = null;
    place.enters(Place.Phase.ASKING, System.nanoTime());
    clock.next();
    ctx.channel().config().setAutoRead(true);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event == HeadClock.Late.REQUEST && state == State.READING) {
      house.books().slow();
      refuse(ctx, Answer.problem(408, "the request did not come in whole in time"));
    } else if (event == HeadClock.Late.IDLE && state == State.READING) {
      ctx.close();
    } else if (event == DRAIN) {
      drain(ctx);
    }
  }

  private void drain(ChannelHandlerContext ctx) {
    keep = false;
    if (state != State.ANSWERING) {
      ctx.close();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    // A player that goes away resets its connection; that is how they seek.
    LOG.log(
        cause instanceof IOException ? Level.DEBUG : Level.WARNING, "a connection failed", cause);
    ctx.close();
  }
}
