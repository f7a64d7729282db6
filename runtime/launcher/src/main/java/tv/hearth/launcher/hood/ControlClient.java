package tv.hearth.launcher.hood;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import tv.hearth.launcher.LauncherException;

/** Speaks to a node's control listener. Thread-safe. */
public final class ControlClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(Duration.ofSeconds(5))
          .build();

  private final Node node;

  /** To that node. */
  public ControlClient(Node node) {
    this.node = node;
  }

  /** True once the listener answers. */
  public boolean isUp() {
    return Files.exists(node.controlFile());
  }

  /** The node's state. */
  public JsonNode status() {
    return call("/status", Map.of(), Duration.ofSeconds(20), bytes -> {});
  }

  /** A command; throws {@link CommandFailed} with the node's own problem. */
  public JsonNode call(String path, Map<String, String> parameters) {
    return call(path, parameters, Duration.ofMinutes(5), bytes -> {});
  }

  /** A command that tells bytes done from time to time. */
  public JsonNode call(
      String path, Map<String, String> parameters, Duration patience, LongConsumer progress) {
    try {
      JsonNode address = JSON.readTree(node.controlFile().toFile());
      HttpRequest request =
          HttpRequest.newBuilder(uri(address, path, parameters))
              .timeout(patience)
              .header("Authorization", address.get("authorization").asText())
              .build();
      HttpResponse<java.io.InputStream> response =
          HTTP.send(request, HttpResponse.BodyHandlers.ofInputStream());
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
        return last(lines, progress, path);
      }
    } catch (IOException e) {
      throw new LauncherException(
          node.name() + " does not answer (" + e.getMessage() + "); its log: " + node.log(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException("interrupted");
    }
  }

  private JsonNode last(BufferedReader lines, LongConsumer progress, String path)
      throws IOException {
    JsonNode last = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      last = JSON.readTree(line);
      if (last.has("safe")) {
        progress.accept(last.get("safe").asLong());
      }
    }
    if (last == null) {
      throw new LauncherException(node.name() + " answered nothing to " + path);
    }
    if (last.has("problem")) {
      throw new CommandFailed(last.get("problem").asText(), last.get("message").asText());
    }
    return last;
  }

  private static URI uri(JsonNode address, String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return URI.create("http://127.0.0.1:" + address.get("port").asInt() + path + "?" + query);
  }

  /** What the node refused or could not do. */
  public static final class CommandFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String problem;

    /** With the problem's name and what it says. */
    public CommandFailed(String problem, String message) {
      super(message);
      this.problem = problem;
    }

    /** The problem's name, e.g. {@code TOO_FEW_BOXES}. */
    public String problem() {
      return problem;
    }
  }
}
