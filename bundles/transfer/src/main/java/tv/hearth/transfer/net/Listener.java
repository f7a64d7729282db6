package tv.hearth.transfer.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.identity.IdentityException;
import tv.hearth.api.value.BoxId;
import tv.hearth.support.net.HostPort;

/** Listens for neighbours. On its event loop but where it says otherwise. */
public final class Listener {
  private static final System.Logger LOG = System.getLogger(Listener.class.getName());
  private static final int READ_BYTES = 32 << 10;

  /** Connections that nobody has shown to be a member's yet. */
  private static final int MOST_NEWCOMERS = 16;

  private static final int MOST_BACK_OFF_SECONDS = 30;

  private final Node node;
  private final Tls tls;
  private final InetSocketAddress address;
  private final IntConsumer listening;
  private final Places<Inbound> places;
  private final Map<BoxId, Neighbour> neighbours = new HashMap<>();
  private Channel socket;
  private int requests;
  private int bodyBytes;
  private int backOff = 1;
  private volatile boolean closed;
  private volatile Health health = Health.degraded("not listening yet");

  /**
   * Listens once started.
   *
   * @param listening told the port, on the event loop, once there is one
   */
  public Listener(Node node, InetSocketAddress address, IntConsumer listening) {
    this.node = node;
    this.tls = new Tls(node.services());
    this.address = address;
    this.listening = listening;
    this.places = new Places<>(MOST_NEWCOMERS, node.settings().inbound());
  }

  /** Begins to listen; tries again, less and less often, while that fails. From any thread. */
  public void start() {
    node.engine().serverLoop().execute(this::bind);
    node.engine().serverLoop().scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  /** How it is. From any thread. */
  public Health health() {
    return health;
  }

  private void bind() {
    if (closed) {
      return;
    }
    if (address.isUnresolved()) {
      failed("host is unknown");
      return;
    }
    bootstrap()
        .bind(address)
        .addListener(
            (ChannelFuture bound) -> {
              if (bound.isSuccess()) {
                bound(bound.channel());
              } else {
                failed(bound.cause().getMessage());
              }
            });
  }

  private ServerBootstrap bootstrap() {
    return new ServerBootstrap()
        .group(node.engine().serverLoop(), node.engine().serverLoop())
        .channelFactory(() -> Sockets.at(address.getAddress()))
        .option(ChannelOption.SO_BACKLOG, 64)
        .option(ChannelOption.SO_REUSEADDR, true)
        .option(ChannelOption.ALLOCATOR, node.engine().buffers())
        .childOption(ChannelOption.ALLOCATOR, node.engine().buffers())
        .childOption(ChannelOption.TCP_NODELAY, true)
        .childOption(ChannelOption.AUTO_READ, false)
        .childOption(
            ChannelOption.RECVBUF_ALLOCATOR,
            new FixedRecvByteBufAllocator(READ_BYTES).maxMessagesPerRead(1))
        .childOption(
            ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(64 << 10, 128 << 10))
        .childHandler(
            new ChannelInitializer<SocketChannel>() {
              @Override
              protected void initChannel(SocketChannel channel) {
                accept(channel);
              }
            });
  }

  private void bound(Channel channel) {
    if (closed) {
      channel.close();
      return;
    }
    socket = channel;
    health = Health.OK;
    int port = ((InetSocketAddress) channel.localAddress()).getPort();
    LOG.log(
        System.Logger.Level.INFO,
        "listening for neighbours on {0}",
        new HostPort(address.getHostString(), port));
    listening.accept(port);
  }

  private void failed(String why) {
    String reason =
        String.format(
            Locale.ROOT,
            "can't listen on %s: %s; is the port in use? Set port (or host) of"
                + " tv.hearth.transfer to a free one. Trying again in %d s",
            new HostPort(address.getHostString(), address.getPort()),
            why,
            backOff);
    health = Health.failed(reason);
    LOG.log(System.Logger.Level.ERROR, reason);
    node.engine().serverLoop().schedule(this::bind, backOff, TimeUnit.SECONDS);
    backOff = Math.min(MOST_BACK_OFF_SECONDS, backOff * 2);
  }

  private void accept(SocketChannel channel) {
    if (closed) {
      channel.close();
      return;
    }
    try {
      SslHandler security =
          new SslHandler(tls.engine(false, null, -1), false, node.engine().quick());
      security.setHandshakeTimeoutMillis(node.settings().handshake().toMillis());
      security.setCloseNotifyFlushTimeoutMillis(1000);
      HandshakeGuard guard = new HandshakeGuard();
      Inbound connection = new Inbound(this, guard);
      channel
          .pipeline()
          .addLast(
              guard, security, new StrictRequestDecoder(), new HttpResponseEncoder(), connection);
      places.enter(connection);
      node.meters().inbound(places.size());
    } catch (IdentityException e) {
      LOG.log(System.Logger.Level.DEBUG, "a neighbour was turned away: {0}", e.getMessage());
      channel.close();
    }
  }

  private void tick() {
    long now = System.nanoTime();
    places.all().forEach(connection -> connection.tick(now));
    neighbours.values().removeIf(neighbour -> neighbour.isForgettable(now));
  }

  Node node() {
    return node;
  }

  Neighbour neighbour(BoxId box) {
    return neighbours.computeIfAbsent(
        box, key -> new Neighbour(node.settings(), System.nanoTime()));
  }

  /** A place among the members' for that connection; false where there is none. */
  boolean admit(Inbound connection) {
    return places.admit(connection);
  }

  void gone(Inbound connection) {
    places.leave(connection);
    node.meters().inbound(places.size());
  }

  boolean isFull() {
    return closed || requests >= node.settings().requests();
  }

  void began() {
    requests++;
  }

  void ended() {
    requests--;
  }

  boolean reserve(int bytes) {
    if (bodyBytes + bytes > node.settings().bodyBytes()) {
      return false;
    }
    bodyBytes += bytes;
    return true;
  }

  void free(int bytes) {
    bodyBytes -= bytes;
  }

  /** Takes nothing new; ends what is idle. On the event loop. */
  void drain() {
    closed = true;
    if (socket != null) {
      socket.close();
    }
    places.all().stream()
        .filter(Inbound::isIdle)
        .forEach(connection -> connection.close("stopping"));
  }

  /** Requests being answered. On the event loop. */
  int requests() {
    return requests;
  }

  /** Ends what is left. On the event loop. */
  void close() {
    places.all().forEach(connection -> connection.close("stopped"));
  }
}
