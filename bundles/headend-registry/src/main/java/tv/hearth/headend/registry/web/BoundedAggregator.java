package tv.hearth.headend.registry.web;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;

/** Gathers a request's body; a larger one is refused at once and its connection closed. */
final class BoundedAggregator extends HttpObjectAggregator {
  private final int most;

  BoundedAggregator(int most) {
    super(most, true);
    this.most = most;
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext context, HttpMessage oversized) {
    Response refusal =
        Response.problem(413, "TOO_LARGE", "a request's body has at most " + most + " bytes");
    RequestHandler.write(context, refusal);
  }
}
