package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Node;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;

/** {@code hearth status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Which boxes run, what they hold, and what each film survives as placed.")
public final class Status implements Callable<Integer> {
  @Mixin private Common common;

  @Override
  public Integer call() {
    Output out = common.output();
    Hood hood = common.hood();
    out.say(
        "headend "
            + state(hood.headend())
            + ", broker "
            + (hood.hasEmbeddedBroker() ? state(hood.broker()) : hood.brokerUrl()));
    List<Object> boxes = new ArrayList<>();
    for (int number : hood.numbers()) {
      boxes.add(box(hood, number, out));
    }
    JsonNode films = null;
    if (hood.box(0).process().isPresent()) {
      Objects catalogue = new Objects(hood, 0, true);
      films = catalogue.list();
      films.forEach(film -> film(film, catalogue.survey(film.get("name").asText()), out));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("boxes", boxes);
    result.put("running", hood.running().size());
    result.put("films", films);
    out.result(result);
    return 0;
  }

  private static String state(Node node) {
    return node.process().isPresent() ? "up" : "DOWN";
  }

  private static Map<String, Object> box(Hood hood, int number, Output out) {
    Node node = hood.box(number);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("box", number);
    row.put("up", node.process().isPresent());
    if (node.process().isEmpty()) {
      out.say(String.format(Locale.ROOT, "  box %-3d off", number));
      return row;
    }
    JsonNode status = new ControlClient(node).status();
    row.put("status", status);
    long rss = node.memory().map(m -> m[0]).orElse(0L);
    row.put("rss", rss);
    out.say(
        String.format(
            Locale.ROOT,
            "  box %-3d %s  %d neighbours, %s broker, %3d pieces %9s, %s RSS  %s %s",
            number,
            status.path("box").asText().substring(0, 8),
            status.path("members").asInt() - 1,
            status.path("broker").asBoolean() ? "with" : "WITHOUT",
            status.path("pieces").asInt(),
            Words.bytes(status.path("pieceBytes").asLong()),
            Words.bytes(rss),
            hood.gateway(number),
            status.path("health").isEmpty() ? "" : status.path("health").toString()));
    return row;
  }

  private static void film(JsonNode film, JsonNode survival, Output out) {
    int reachable = survival.get("reachable").asInt();
    int k = survival.get("k").asInt();
    int left = reachable - k;
    out.say(
        String.format(
            Locale.ROOT,
            "  film %s: %s, placed %d of %d, survives %d; now %d reachable, %s",
            film.get("name").asText(),
            Words.bytes(film.get("length").asLong()),
            k,
            survival.get("n").asInt(),
            survival.get("losses").asInt(),
            reachable,
            left < 0 ? "NOT READABLE without its origin" : left + " more may go"));
  }
}
