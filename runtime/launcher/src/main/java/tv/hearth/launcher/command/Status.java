package tv.hearth.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tv.hearth.launcher.hood.ControlClient;
import tv.hearth.launcher.hood.FleetClient;
import tv.hearth.launcher.hood.Hood;
import tv.hearth.launcher.hood.Node;
import tv.hearth.launcher.ui.Output;
import tv.hearth.launcher.ui.Words;

/** {@code hearth status}: what is known, and what is not, in a bounded time. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = {
      "Which boxes run, what they hold, and what each film survives as placed.",
      "Whoever does not answer is said to; that takes some seconds, and hides nothing else."
    })
public final class Status implements Callable<Integer> {
  private static final Duration PATIENCE = Duration.ofSeconds(6);
  private static final Duration IN_ALL = Duration.ofSeconds(12);
  private static final int SHORT = 8;

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
    Map<String, Object> result = new LinkedHashMap<>();
    try (Questions questions = new Questions(IN_ALL)) {
      Questions.Answer films = ask(questions, hood.box(0), () -> catalogue(hood).list(PATIENCE));
      Node headend = hood.headend();
      Questions.Answer health =
          ask(questions, headend, () -> new ControlClient(headend).status(PATIENCE));
      Questions.Answer fleet = ask(questions, headend, () -> new FleetClient(hood).boxes());
      List<Object> boxes = boxes(hood, questions, fleet, out);
      result.put("headend", headend(health, out));
      result.put("boxes", boxes);
      result.put("running", hood.running().size());
      result.put("films", films(hood, questions, films, out, result));
    }
    out.result(result);
    return 0;
  }

  private static Objects catalogue(Hood hood) {
    return new Objects(hood, 0, true);
  }

  private static String state(Node node) {
    return node.process().isPresent() ? "up" : "DOWN";
  }

  /** Asks a node, where it runs. */
  private static Questions.Answer ask(Questions questions, Node node, Callable<JsonNode> question) {
    return node.process().isEmpty() ? Questions.none("is off") : questions.ask(question);
  }

  /** What the headend itself is worried about: two boxes with one identity, what expires soon. */
  private static JsonNode headend(Questions.Answer answer, Output out) {
    JsonNode health = answer.value().map(status -> status.path("health")).orElse(null);
    if (health == null) {
      out.say("  headend NOT KNOWN: it " + answer.problem());
      return null;
    }
    health.forEach(line -> out.say("  headend " + line.asText()));
    return health;
  }

  private static List<Object> boxes(
      Hood hood, Questions questions, Questions.Answer fleet, Output out) {
    Map<Integer, Questions.Answer> answers = new LinkedHashMap<>();
    for (int number : hood.numbers()) {
      Node node = hood.box(number);
      answers.put(number, ask(questions, node, () -> new ControlClient(node).status(PATIENCE)));
    }
    List<Object> rows = new ArrayList<>();
    Registered registered = Registered.of(hood, fleet);
    answers.forEach(
        (number, answer) -> rows.add(box(hood, number, answer, registered.note(number), out)));
    registered.offElsewhere().forEach(line -> out.say("  " + line));
    return rows;
  }

  private static Map<String, Object> box(
      Hood hood, int number, Questions.Answer answer, String note, Output out) {
    Node node = hood.box(number);
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("box", number);
    row.put("up", node.process().isPresent());
    row.put("note", note);
    if (node.process().isEmpty()) {
      out.say(Words.format("  box %-3d off%s", number, note.isEmpty() ? "" : "; " + note));
      return row;
    }
    long rss = node.memory().map(m -> m[0]).orElse(0L);
    row.put("rss", rss);
    if (answer.value().isEmpty()) {
      row.put("problem", answer.problem());
      out.say(Words.format("  box %-3d NOT KNOWN: %s", number, answer.problem()));
      return row;
    }
    JsonNode status = answer.value().get();
    row.put("status", status);
    out.say(Words.format("  box %-3d %s  %s", number, line(hood, number, status, rss), note));
    return row;
  }

  private static String line(Hood hood, int number, JsonNode status, long rss) {
    String id = status.path("box").asText();
    return Words.format(
        "%-8s  %d neighbours, %s broker, %3d pieces %9s, %s RSS  %s %s",
        id.isEmpty() ? "starting" : id.substring(0, Math.min(SHORT, id.length())),
        Math.max(0, status.path("members").asInt() - 1),
        status.path("broker").asBoolean() ? "with" : "WITHOUT",
        status.path("pieces").asInt(),
        Words.bytes(status.path("pieceBytes").asLong()),
        Words.bytes(rss),
        hood.gateway(number),
        status.path("health").isEmpty() ? "" : status.path("health").toString());
  }

  private static JsonNode films(
      Hood hood,
      Questions questions,
      Questions.Answer answer,
      Output out,
      Map<String, Object> result) {
    if (answer.value().isEmpty()) {
      out.say("  films NOT KNOWN: the ingest node " + answer.problem());
      result.put("filmsProblem", answer.problem());
      return null;
    }
    Map<JsonNode, Questions.Answer> surveys = new LinkedHashMap<>();
    for (JsonNode film : answer.value().get()) {
      String name = film.get("name").asText();
      surveys.put(film, questions.ask(() -> catalogue(hood).survey(name, PATIENCE)));
    }
    surveys.forEach((film, survey) -> out.say(film(film, survey)));
    return answer.value().get();
  }

  private static String film(JsonNode film, Questions.Answer survey) {
    JsonNode survival = survey.value().orElse(film.get("survives"));
    int reachable = survival.get("reachable").asInt();
    int k = survival.get("k").asInt();
    String now = "now NOT KNOWN: " + survey.problem();
    if (survey.value().isPresent()) {
      int left = reachable - k;
      String more = left < 0 ? "NOT READABLE without its origin" : left + " more may go";
      now = "now " + reachable + " reachable, " + more;
    }
    return Words.format(
        "  film %s: %s, placed %d of %d, survives %d; %s",
        film.get("name").asText(),
        Words.bytes(film.get("length").asLong()),
        k,
        survival.get("n").asInt(),
        survival.get("losses").asInt(),
        now);
  }
}
