package tv.hearth.headend.campaign.telemetry;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the numbers and texts of bulk data reports (TR-369, JSON, NameValuePair): an object whose
 * one member {@code Report} is an array of flat objects. What is not of that form is refused.
 */
public final class ReportReader {
  /** Longer messages are refused. */
  public static final int MOST_BYTES = 1 << 20;

  private static final int MOST_REPORTS = 64;
  private static final int MOST_PAIRS = 8192;
  private static final Pattern TOKEN =
      Pattern.compile(
          "\\G\\s*(?:(?<mark>[\\[\\]{}:,])|\"(?<text>(?:[^\"\\\\\\x00-\\x1f]|\\\\.){0,4096}+)\""
              + "|(?<word>true|false|null)|(?<number>-?[0-9]{1,20}(?:\\.[0-9]{1,20})?(?:[eE][-+]?[0-9]{1,3})?))");
  private static final Set<String> ERRORS =
      Set.of(
          "crypto.damaged.calls",
          "storage.damaged.count",
          "storage.problems.count",
          "mqtt.handler.failures.count",
          "gateway.cut.answers");
  private static final Set<String> STALLS = Set.of("gateway.stalled.reads", "gateway.slow.clients");

  private final Matcher tokens;
  private int pairs;

  private ReportReader(String text) {
    tokens = TOKEN.matcher(text);
  }

  /** The samples of a message of that box; empty where it is no such message. */
  public static List<Sample> read(String box, byte[] message) {
    if (message.length > MOST_BYTES) {
      return List.of();
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(message)).toString();
      List<Sample> samples = new ArrayList<>();
      for (Map<String, Double> report : new ReportReader(text).reports()) {
        sample(box, report).ifPresent(samples::add);
      }
      return samples;
    } catch (CharacterCodingException | IllegalArgumentException e) {
      return List.of();
    }
  }

  private static Optional<Sample> sample(String box, Map<String, Double> report) {
    Double time = report.get("CollectionTime");
    Double uptime = report.get("jvm.uptime.seconds");
    if (time == null || uptime == null || time < 0 || time > 1e11) {
      return Optional.empty();
    }
    double errors = report.getOrDefault("health.failed", 0.0) + sum(report, ERRORS);
    return Optional.of(new Sample(box, (long) (time * 1000), errors, sum(report, STALLS), uptime));
  }

  private static double sum(Map<String, Double> report, Set<String> meters) {
    double sum = 0;
    for (Map.Entry<String, Double> pair : report.entrySet()) {
      String name = pair.getKey().split("\\{", 2)[0];
      sum += meters.contains(name) ? pair.getValue() : 0;
    }
    return sum;
  }

  private List<Map<String, Double>> reports() {
    mark("{");
    if (!"Report".equals(text())) {
      throw new IllegalArgumentException("no member Report");
    }
    mark(":");
    mark("[");
    List<Map<String, Double>> reports = new ArrayList<>();
    String next = next("mark");
    while (!"]".equals(next)) {
      if (!"{".equals(next) || reports.size() == MOST_REPORTS) {
        throw new IllegalArgumentException("not a report, or one too many");
      }
      reports.add(flat());
      next = next("mark");
      if (",".equals(next)) {
        next = next("mark");
      }
    }
    mark("}");
    return reports;
  }

  private Map<String, Double> flat() {
    Map<String, Double> report = new HashMap<>();
    advance();
    while (!"}".equals(tokens.group("mark"))) {
      String name = tokens.group("text");
      if (name == null || ++pairs > MOST_PAIRS) {
        throw new IllegalArgumentException("not a name, or one too many");
      }
      mark(":");
      advance();
      value(report, name);
      advance();
      if (",".equals(tokens.group("mark"))) {
        advance();
      }
    }
    return report;
  }

  private void value(Map<String, Double> report, String name) {
    String number = tokens.group("number");
    String text = tokens.group("text");
    if (number != null) {
      report.put(name, Double.parseDouble(number));
    } else if (text != null && name.startsWith("health.") && text.startsWith("FAILED")) {
      report.merge("health.failed", 1.0, Double::sum);
    } else if (text == null && tokens.group("word") == null) {
      throw new IllegalArgumentException("a report is flat");
    }
  }

  private void mark(String wanted) {
    if (!wanted.equals(next("mark"))) {
      throw new IllegalArgumentException("no " + wanted);
    }
  }

  private String text() {
    return next("text");
  }

  private String next(String group) {
    advance();
    return tokens.group(group);
  }

  private void advance() {
    if (!tokens.find()) {
      throw new IllegalArgumentException("no JSON");
    }
  }
}
