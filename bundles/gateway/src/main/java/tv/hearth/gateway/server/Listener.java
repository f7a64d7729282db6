package tv.hearth.gateway.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.flow.FlowControlHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The event loop and its connections; owns and closes them. */
public final class Listener implements AutoCloseable {
  private static final int DRAIN_MILLIS = 100;
  private static final int CLOSE_MILLIS = 90;
  private static final int BACKLOG = 64;

  /** Small: what one read holds is decoded at once, and a pipelined request is a tenfold object. */
  private static final int RECEIVE = 2048;

  /** What the kernel takes in before it is read. */
  private static final int RECEIVE_BUFFER = 64 << 10;

  /** The kernel's own copy of what a slow reader has not taken. */
  private static final int SEND_BUFFER = 256 << 10;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("hearth-gateway", true), NioIoHandler.newFactory());
  private final PooledByteBufAllocator buffers =
      new PooledByteBufAllocator(true, 0, 1, 8192, 3, 0, 0, false);
  private final House house;
  private final Connections connections;
  private final EventLoop one = (EventLoop) loop.next();
  private final Port port;

  /** Told on the event loop. */
  public interface News {
    /** It listens there. */
    void listening(InetSocketAddress address);

    /** It does not, and tries again; the reason names the remedy. */
    void refused(String reason);
  }

  /** Listens, or tries to. */
  public Listener(House house, News news) {
    this.house = house;
    this.connections = new Connections(house.settings().connections(), house.books());
    this.port = new Port(house.settings(), bootstrap(), one, news);
    port.open();
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(loop)
        .channel(NioServerSocketChannel.class)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.SO_BACKLOG, BACKLOG)
        .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER)
        .option(ChannelOption.ALLOCATOR, buffers)
        .childOption(ChannelOption.ALLOCATOR, buffers)
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.SO_SNDBUF, SEND_BUFFER)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(RECEIVE).maxMessagesPerRead(1))
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK,
            new WriteBufferWaterMark(Body.SLICE, 2 * Body.SLICE))
        .childHandler(
            new ChannelInitializer<>() {
              @Override
              protected void initChannel(Channel channel) {
                receive(channel);
              }
            });
  }

  private void receive(Channel channel) {
    Connections.Welcome welcome = connections.enter(channel);
    if (welcome == Connections.Welcome.AWAY) {
      channel.close();
      return;
    }
    Place place = connections.place(channel);
    HeadClock clock = new HeadClock(house.settings().head(), house.settings().idle());
    channel
        .pipeline()
        .addLast(clock)
        .addLast(new StrictDecoder())
        .addLast(new HttpResponseEncoder())
        .addLast(new FlowControlHandler())
        .addLast(new Connection(house, place, clock, welcome == Connections.Welcome.FULL));
  }

  /** Takes no more connections, lets answers end for a moment, then closes all. */
  @Override
  public void close() {
    CountDownLatch drained = new CountDownLatch(1);
    one.execute(
        () -> {
          port.close();
          connections.drain(drained::countDown);
        });
    try {
      drained.await(DRAIN_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_MILLIS);
  }
}
