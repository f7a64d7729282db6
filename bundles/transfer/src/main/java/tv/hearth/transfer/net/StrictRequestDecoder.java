package tv.hearth.transfer.net;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Requests with a length given once and no transfer coding. A body of two lengths is how requests
 * are smuggled; one without a length has no end. Limits: 1 KiB of request line, 8 KiB of headers.
 */
final class StrictRequestDecoder extends HttpRequestDecoder {
  static final int MOST_LINE = 1024;
  static final int MOST_HEADERS = 8192;

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
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both Content-Length and Transfer-Encoding");
  }
}
