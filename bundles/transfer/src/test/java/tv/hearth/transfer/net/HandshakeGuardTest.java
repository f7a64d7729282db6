package tv.hearth.transfer.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.Test;

final class HandshakeGuardTest {
  /** Counts what reaches the socket. */
  private static final class Reads extends ChannelOutboundHandlerAdapter {
    private int count;

    @Override
    public void read(ChannelHandlerContext ctx) throws Exception {
      count++;
      super.read(ctx);
    }
  }

  @Test
  void whoSendsWithoutEndBeforeTheHandshakeIsNotRead() {
    Reads reads = new Reads();
    HandshakeGuard guard = new HandshakeGuard();
    EmbeddedChannel channel = new EmbeddedChannel();
    channel.config().setAutoRead(false);
    channel.pipeline().addLast(reads, guard);
    int taken = 0;
    for (int i = 0; i < 1000; i++) {
      int before = reads.count;
      channel.pipeline().read();
      if (reads.count > before) {
        channel.writeInbound(Unpooled.wrappedBuffer(new byte[32 << 10]));
        taken += 32 << 10;
      }
    }
    assertTrue(taken <= 96 << 10, "taken: " + taken);
    guard.open();
    int before = reads.count;
    channel.pipeline().read();
    assertEquals(before + 1, reads.count);
    channel.finishAndReleaseAll();
  }
}
