package tv.hearth.gateway.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** The bound on a client's taking of what is written to it, be it a film or a listing. */
final class Taking {
  private Taking() {}

  /** Closes the connection where that write does not get out in time; on the event loop. */
  static void bound(Channel channel, House house, ChannelFuture write) {
    Future<?> timer =
        channel
            .eventLoop()
            .schedule(
                () -> late(channel, house),
                house.settings().stall().toMillis(),
                TimeUnit.MILLISECONDS);
    write.addListener(done -> timer.cancel(false));
  }

  private static void late(Channel channel, House house) {
    house.books().slow();
    channel.close();
  }
}
