package tv.hearth.gateway.server;

import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Instant;
import tv.hearth.gateway.http.Answer;
import tv.hearth.gateway.http.HttpDate;
import tv.hearth.gateway.http.Origins;

/** The head of an answer as it goes out. */
final class Heads {
  private Heads() {}

  /**
   * The same for HEAD as for GET.
   *
   * @param minor of the request's HTTP/1.x
   * @param keep whether the connection serves on
   */
  static HttpResponse of(Answer answer, int minor, boolean keep, Instant now) {
    HttpResponse response =
        new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(answer.status()));
    HttpHeaders headers = response.headers();
    headers.set(HttpHeaderNames.DATE, HttpDate.format(now));
    answer.headers().forEach(headers::set);
    if (!(answer.body() instanceof Answer.Nothing)) {
      headers.set(HttpHeaderNames.CONTENT_LENGTH, answer.body().length());
    }
    headers.set(HttpHeaderNames.VARY, "Origin, Referer");
    headers.set("X-Content-Type-Options", "nosniff");
    if (!headers.contains(Origins.EMBEDDING)) {
      headers.set(Origins.EMBEDDING, "same-site");
    }
    if (!keep) {
      headers.set(HttpHeaderNames.CONNECTION, "close");
    } else if (minor == 0) {
      headers.set(HttpHeaderNames.CONNECTION, "keep-alive");
    }
    return response;
  }
}
