package tv.hearth.transfer.net;

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
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import java.util.List;
import java.util.regex.Pattern;
import tv.hearth.support.http.Folds;

/**
 * Requests of HTTP/1.0 or 1.1 with a length given once and no transfer coding. A body of two
 * lengths is how requests are smuggled; one without a length has no end; a line that begins with
 * white space is what two readers take differently (RFC 9112 §5.2). What is no such request is
 * refused once, and nothing after it is read. Limits: 1 KiB of request line, 8 KiB and {@value
 * #MOST_LINES} lines of headers.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  static final int MOST_LINE = 1024;
  static final int MOST_HEADERS = 8192;
  static final int MOST_LINES = 64;
  private static final int VERSION = 2;
  private static final Pattern SPOKEN = Pattern.compile("HTTP/1\\.[01]");

  private final Folds folds = new Folds();
  private boolean ended;

  StrictRequestDecoder() {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(MOST_LINE)
            .setMaxHeaderSize(MOST_HEADERS)
            .setMaxChunkSize(64 << 10)
            .setChunkedSupported(false)
            .setAllowDuplicateContentLengths(false)
            .setStrictLineParsing(true)
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
      end(buffer, out, new IllegalArgumentException("a line begins with white space"));
      return;
    }
    int before = out.size();
    super.decode(ctx, buffer, out);
    for (Object decoded : List.copyOf(out.subList(before, out.size()))) {
      follow(decoded, buffer);
    }
  }

  private void follow(Object decoded, ByteBuf buffer) {
    if (decoded instanceof HttpMessage head) {
      folds.headEnded();
      if (head.decoderResult().isSuccess() && head.headers().size() > MOST_LINES) {
        String why = "more than " + MOST_LINES + " header lines";
        head.setDecoderResult(DecoderResult.failure(new TooLongHttpHeaderException(why)));
      }
      if (head.decoderResult().isFailure()) {
        ended = true;
        buffer.skipBytes(buffer.readableBytes());
      }
    }
    if (decoded instanceof LastHttpContent) {
      folds.requestEnded();
    }
  }

  private void end(ByteBuf buffer, List<Object> out, Exception why) {
    ended = true;
    buffer.skipBytes(buffer.readableBytes());
    HttpMessage none = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/");
    none.setDecoderResult(DecoderResult.failure(why));
    out.add(none);
  }

  @Override
  protected HttpMessage createMessage(String[] line) throws Exception {
    if (!SPOKEN.matcher(line[VERSION]).matches()) {
      throw new UnspokenVersionException(line[VERSION]);
    }
    folds.begun();
    return super.createMessage(line);
  }

  @Override
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }

  /** A version of HTTP that is not spoken here, or none. */
  static final class UnspokenVersionException extends Exception {
    private static final long serialVersionUID = 1L;

    private UnspokenVersionException(String version) {
      super(version, null, false, false);
    }
  }
}
