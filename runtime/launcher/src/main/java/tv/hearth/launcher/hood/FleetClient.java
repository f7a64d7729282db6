package tv.hearth.launcher.hood;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import tv.hearth.launcher.LauncherException;
import tv.hearth.support.problem.FileProblem;

/**
 * The headend's pages for the operator, over mutual TLS with the operator's own certificate: it can
 * steer the fleet and sign nothing. Thread-safe.
 */
public final class FleetClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String LEVEL = "/v1/fleet/level";
  private static final String CAMPAIGNS = "/v1/fleet/campaigns";
  private final String base;
  private final HttpClient http;

  /** Of that neighbourhood's headend. */
  public FleetClient(Hood hood) throws IOException {
    this(hood.headendUrl(), hood.operator().operatorTls());
  }

  /** Of any headend. */
  public FleetClient(String base, SSLContext tls) {
    this.base = base;
    this.http = HttpClient.newBuilder().sslContext(tls).connectTimeout(PATIENCE).build();
  }

  /** The registry's boxes, the operator's own nodes among them. */
  public JsonNode boxes() {
    return call("GET", "/v1/fleet", "").get("boxes");
  }

  /**
   * Sets where a box stands.
   *
   * @param state ACTIVE, LEAVING, INGEST or REMOVED
   * @return the box as the registry has it now
   */
  public JsonNode stand(String box, String state) {
    return call("POST", "/v1/fleet/box/" + box + "/state", state);
  }

  /** {@code campaigns}, newest first, and {@code warnings}: what the operator should do soon. */
  public JsonNode campaignPage() {
    return call("GET", CAMPAIGNS, "");
  }

  /** One campaign with its boxes. */
  public JsonNode campaign(long id) {
    return call("GET", CAMPAIGNS + "/" + id, "");
  }

  /** The newest campaign's id. */
  public long newest() {
    return newest(campaignPage());
  }

  /** The newest campaign's id on that page. */
  public static long newest(JsonNode page) {
    JsonNode all = page.get("campaigns");
    if (all.isEmpty()) {
      throw new LauncherException("no campaign yet: hearth fleet update --release …");
    }
    return all.get(0).get("campaign").asLong();
  }

  /** Begins a campaign. */
  public JsonNode begin(String plan) {
    return call("POST", CAMPAIGNS, plan);
  }

  /** Pauses, resumes or aborts one; or takes it back, with the plan as body. */
  public JsonNode steer(long id, String verb, String body) {
    return call("POST", CAMPAIGNS + "/" + id + "/" + verb, body);
  }

  /** The neighbourhood's level, and what is in the way of the next. */
  public JsonNode level() {
    return call("GET", LEVEL, "");
  }

  /**
   * Raises it by one.
   *
   * @param behind ids of boxes that are left behind until they are updated
   */
  public JsonNode raiseLevel(java.util.Collection<String> behind) {
    return call("POST", LEVEL, String.join("\n", behind));
  }

  /** The audit log's newest lines. */
  public JsonNode audit() {
    return call("GET", CAMPAIGNS + "/audit", "").get("log");
  }

  private JsonNode call(String method, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(PATIENCE)
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        String problem = answer.headers().firstValue("Hearth-Problem").orElse("FAILED");
        throw new ControlClient.CommandFailed(problem, answer.body().strip());
      }
      return JSON.readTree(answer.body());
    } catch (IOException e) {
      throw new LauncherException(
          "the headend at " + base + " does not answer (" + FileProblem.words(e) + "): is it up?",
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LauncherException("interrupted");
    }
  }
}
