package tv.hearth.gateway.server;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.List;
import java.util.Optional;
import tv.hearth.gateway.http.Answer;

/** Requests that end their connection: after them nobody knows where the next one begins. */
final class Framing {
  /** Bytes of a request's body that are read over; no request here means anything by one. */
  static final long MOST_BODY = 64 << 10;

  /** Lines of a header; browsers send some twenty. */
  static final int MOST_LINES = 100;

  private Framing() {}

  /** The answer to what could not be decoded. */
  static Answer malformed(Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return Answer.problem(
          414, "a request line has at most " + StrictDecoder.LONGEST_LINE + " bytes");
    }
    if (cause instanceof TooLongHttpHeaderException) {
      return Answer.problem(431, "a header has at most " + StrictDecoder.LONGEST_HEADER + " bytes");
    }
    return Answer.problem(400, "this is not a request of HTTP/1.1");
  }

  /** The answer to a head whose body can't or won't be read; empty where it can. */
  static Optional<Answer> check(HttpRequest head) {
    if (head.protocolVersion().majorVersion() != 1) {
      return Optional.of(Answer.problem(505, "HTTP/1.1 is spoken here"));
    }
    if (head.headers().size() > MOST_LINES) {
      return Optional.of(Answer.problem(431, "a header has at most " + MOST_LINES + " lines"));
    }
    List<String> codings = head.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
    if (!codings.isEmpty()) {
      return coded(head, codings);
    }
    return HttpUtil.getContentLength(head, 0L) > MOST_BODY
        ? Optional.of(tooLong())
        : Optional.empty();
  }

  /** The answer to a body that goes on and on. */
  static Answer tooLong() {
    return Answer.problem(413, "nothing is stored here: send no body");
  }

  /** True where a body is announced. */
  static boolean hasBody(HttpRequest head) {
    return head.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)
        || HttpUtil.getContentLength(head, 0L) > 0;
  }

  private static Optional<Answer> coded(HttpRequest head, List<String> codings) {
    if (head.protocolVersion().minorVersion() == 0) {
      return Optional.of(Answer.problem(400, "HTTP/1.0 has no Transfer-Encoding"));
    }
    boolean known = codings.size() == 1 && codings.get(0).strip().equalsIgnoreCase("chunked");
    return known
        ? Optional.empty()
        : Optional.of(Answer.problem(501, "no Transfer-Encoding but chunked is understood"));
  }
}
