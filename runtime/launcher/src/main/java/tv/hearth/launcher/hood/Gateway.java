package tv.hearth.launcher.hood;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Collectors;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.problem.FileProblem;

/** A player's view of a box: plain HTTP with ranges, as ffmpeg or a browser asks. Thread-safe. */
public final class Gateway {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();
  private final String base;

  /**
   * Of a box.
   *
   * @param base with a slash at its end
   */
  public Gateway(String base) {
    this.base = base;
  }

  /** The path of a file: each part percent-encoded. */
  public static String encode(String path) {
    return Arrays.stream(path.split("/"))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  /** A listing. */
  public JsonNode json(String path) {
    try (InputStream body = open(path, "").body()) {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new LauncherException(base + path + ": " + FileProblem.words(e), e);
    }
  }

  /**
   * Opens a file, or a range of it.
   *
   * @param range e.g. {@code bytes=0-99}, or empty
   * @throws NotServed for any status but 200 and 206
   */
  public HttpResponse<InputStream> open(String path, String range) throws IOException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(PATIENCE);
    if (!range.isEmpty()) {
      request.header("Range", range);
    }
    try {
      HttpResponse<InputStream> response = HTTP.send(request.build(), Gateway::body);
      if (response.statusCode() / 100 != 2) {
        try (InputStream body = response.body()) {
          String reason = new String(body.readNBytes(2000), StandardCharsets.UTF_8).strip();
          throw new NotServed(response.statusCode(), reason);
        }
      }
      return response;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException("interrupted");
    }
  }

  private static HttpResponse.BodySubscriber<InputStream> body(HttpResponse.ResponseInfo head) {
    return HttpResponse.BodySubscribers.mapping(
        HttpResponse.BodySubscribers.ofInputStream(), in -> new PatientBody(in, PATIENCE));
  }

  /** The gateway answered with a problem. */
  public static final class NotServed extends IOException {
    private static final long serialVersionUID = 1L;
    private final int status;

    /** With what its body said. */
    public NotServed(int status, String reason) {
      super(reason.isEmpty() ? "the gateway answered " + status : reason);
      this.status = status;
    }

    /** The HTTP status. */
    public int status() {
      return status;
    }
  }
}
