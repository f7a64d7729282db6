package tv.hearth.launcher.hood;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.problem.FileProblem;

/**
 * Speaks to a node's control listener: a request a connection, over a plain socket, whose every
 * read is bounded. Thread-safe.
 */
public final class ControlClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration LOOK = Duration.ofSeconds(20);
  private static final Duration WORK = Duration.ofMinutes(5);

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
    return status(LOOK);
  }

  /** The node's state, or that it did not tell it in time. */
  public JsonNode status(Duration patience) {
    return call("/status", Map.of(), patience, line -> {});
  }

  /** A command; throws {@link CommandFailed} with the node's own problem. */
  public JsonNode call(String path, Map<String, String> parameters) {
    return call(path, parameters, WORK, line -> {});
  }

  /**
   * A command that tells how far it is from time to time.
   *
   * @param patience how long the node may say nothing; with no fixed end while it speaks
   * @param progress gets each line before the last
   */
  public JsonNode call(
      String path, Map<String, String> parameters, Duration patience, Consumer<JsonNode> progress) {
    requireRunning();
    try {
      JsonNode address = JSON.readTree(node.controlFile().toFile());
      try (Socket socket = new Socket()) {
        socket.connect(
            new InetSocketAddress(
                address.path("host").asText(HoodSettings.LOOPBACK), address.get("port").asInt()),
            (int) Math.min(CONNECT.toMillis(), patience.toMillis()));
        socket.setSoTimeout((int) patience.toMillis());
        socket.getOutputStream().write(head(address, path, parameters));
        try (BufferedReader lines =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))) {
          requireWelcome(lines, path);
          return last(lines, progress, path);
        }
      }
    } catch (SocketTimeoutException e) {
      throw new LauncherException(
          node.name() + " has not answered for " + Waiting.words(patience) + log(), e);
    } catch (IOException e) {
      requireRunning();
      throw new LauncherException(
          node.name() + " does not answer (" + FileProblem.words(e) + ")" + log(), e);
    }
  }

  private String log() {
    return "; its log: " + node.log();
  }

  private void requireRunning() {
    if (node.process().isEmpty()) {
      throw new LauncherException(
          node.name() + " does not run: start the neighbourhood with 'hearth up'");
    }
    if (!Files.exists(node.controlFile())) {
      throw new LauncherException(
          node.name() + " is starting and takes no command yet: try again in a moment" + log());
    }
  }

  private static byte[] head(JsonNode address, String path, Map<String, String> parameters) {
    String query =
        parameters.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    String head =
        "GET "
            + path
            + "?"
            + query
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
            + address.get("authorization").asText()
            + "\r\n\r\n";
    return head.getBytes(StandardCharsets.US_ASCII);
  }

  private void requireWelcome(BufferedReader lines, String path) throws IOException {
    String status = lines.readLine();
    if (status == null || !status.startsWith("HTTP/1.1 200")) {
      throw new LauncherException(
          node.name() + " does not take " + path + " (" + status + "): try again in a moment");
    }
    String field = status;
    while (field != null && !field.isEmpty()) {
      field = lines.readLine();
    }
  }

  private JsonNode last(BufferedReader lines, Consumer<JsonNode> progress, String path)
      throws IOException {
    JsonNode last = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      last = JSON.readTree(line);
      if (last.has("safe")) {
        progress.accept(last);
      }
    }
    if (last == null || last.has("safe")) {
      requireRunning();
      throw new LauncherException(node.name() + " broke off in the middle of " + path + log());
    }
    if (last.has("problem")) {
      throw new CommandFailed(last.get("problem").asText(), last.get("message").asText());
    }
    return last;
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
