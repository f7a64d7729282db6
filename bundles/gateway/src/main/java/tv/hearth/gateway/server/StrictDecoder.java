package tv.hearth.gateway.server;

import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpRequestDecoder;

/**
 * Requests with bounded heads; what a proxy before us could read in another way (two lengths, bare
 * line feeds, white space before a colon) is no request (RFC 9112 §6.3, §11.2).
 */
final class StrictDecoder extends HttpRequestDecoder {
  static final int LONGEST_LINE = 8192;
  static final int LONGEST_HEADER = 16_384;
  private static final int CHUNK = 4096;

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
  protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
    throw new IllegalArgumentException("both a Content-Length and a Transfer-Encoding");
  }
}
