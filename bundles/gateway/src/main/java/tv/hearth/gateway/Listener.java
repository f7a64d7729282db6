package tv.hearth.gateway;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.timeout.IdleStateHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The listening socket, its connections and its event loop; owns and closes them. */
final class Listener implements AutoCloseable {
  private static final int MAX_LINE = 8192;
  private static final int MAX_HEADERS = 16_384;
  private static final int CLOSE_MILLIS = 200;

  private final MultiThreadIoEventLoopGroup loop =
      new MultiThreadIoEventLoopGroup(
          1, new DefaultThreadFactory("hearth-gateway", true), NioIoHandler.newFactory());
  private final PooledByteBufAllocator buffers =
      new PooledByteBufAllocator(true, 1, 1, 8192, 4, 0, 0, false);
  private final ChannelGroup open = new DefaultChannelGroup(loop.next(), true);
  private final Channel server;
  private final int most;
  private final int idleSeconds;

  Listener(GatewayConfig config, Supplier<RequestHandler> handlers) throws IOException {
    most = Math.max(1, Math.min(256, config.connections()));
    idleSeconds = Math.max(1, config.idleSeconds());
    server = bind(config, handlers);
  }

  private Channel bind(GatewayConfig config, Supplier<RequestHandler> handlers) throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_BACKLOG, 64)
            .childOption(ChannelOption.ALLOCATOR, buffers)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(
                ChannelOption.WRITE_BUFFER_WATER_MARK,
                new WriteBufferWaterMark(BodySender.CHUNK / 2, BodySender.CHUNK))
            .childHandler(initializer(handlers));
    try {
      return bootstrap.bind(config.host(), config.port()).syncUninterruptibly().channel();
    } catch (RuntimeException e) {
      loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      throw e;
    } catch (Exception e) {
      loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS);
      throw new IOException(
          "can't listen on "
              + config.host()
              + ":"
              + config.port()
              + " ("
              + e.getMessage()
              + "): set host and port of tv.hearth.gateway to others",
          e);
    }
  }

  private ChannelInitializer<Channel> initializer(Supplier<RequestHandler> handlers) {
    return new ChannelInitializer<>() {
      @Override
      protected void initChannel(Channel channel) {
        if (open.size() >= most) {
          channel.close();
          return;
        }
        open.add(channel);
        HttpDecoderConfig limits =
            new HttpDecoderConfig().setMaxInitialLineLength(MAX_LINE).setMaxHeaderSize(MAX_HEADERS);
        channel
            .pipeline()
            .addLast(new IdleStateHandler(0, 0, idleSeconds))
            .addLast(new HttpServerCodec(limits))
            .addLast(handlers.get());
      }
    };
  }

  /** Where it listens. */
  InetSocketAddress address() {
    return (InetSocketAddress) server.localAddress();
  }

  @Override
  public void close() {
    server.close();
    open.close();
    loop.shutdownGracefully(0, CLOSE_MILLIS, TimeUnit.MILLISECONDS)
        .awaitUninterruptibly(CLOSE_MILLIS);
  }
}
