package tv.hearth.gateway.server;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;
import java.util.regex.Pattern;
import tv.hearth.support.http.Folds;

/**
 * Requests with bounded heads; what a proxy before us could read in another way (two lengths, bare
 * line feeds, white space before a colon, folded lines) is no request (RFC 9112 §5.2, §6.3, §11.2).
 */
final class StrictDecoder extends HttpRequestDecoder {
  static final int LONGEST_LINE = 8192;
  static final int LONGEST_HEADER = 16_384;
  private static final int CHUNK = 4096;
  private static final int VERSION = 2;
  private static final Pattern VERSION_FORM = Pattern.compile("HTTP/\\d\\.\\d");

  private final Folds folds = new Folds();
  private boolean ended;

  StrictDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(LONGEST_LINE)
            .setMaxHeaderSize(LONGEST_HEADER)
            .setMaxChunkSize(CHUNK)
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true)
            .setUseRfc9112TransferEncoding(true)
            .setValidateHeaders(true));
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, ByteBuf buffer, List<Object> out)
      throws Exception {
    if (ended) {
      buffer.skipBytes(buffer.readableBytes());
      return;
    }
    if (folds.isIn(buffer.readerIndex(), buffer.writerIndex(), buffer::getByte)) {
      ended = true;
      buffer.skipBytes(buffer.readableBytes());
      out.add(folded());
      return;
    }
    int before = out.size();
    super.decode(ctx, buffer, out);
    out.subList(before, out.size()).forEach(this::follow);
  }

  private void follow(Object decoded) {
    if (decoded instanceof LastHttpContent) {
      folds.requestEnded();
    } else if (decoded instanceof HttpMessage) {
      folds.headEnded();
    }
  }

  private static HttpMessage folded() {
    HttpMessage none = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    none.setDecoderResult(
        DecoderResult.failure(new IllegalArgumentException("a line begins with white space")));
    return none;
  }

  @Override
  protected HttpMessage createMessage(String[] line) throws Exception {
    if (!VERSION_FORM.matcher(line[VERSION]).matches()) {
      throw new IllegalArgumentException("not a version of HTTP");
    }
    folds.begun();
    return super.createMessage(line);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both a Content-Length and a Transfer-Encoding");
  }
}
