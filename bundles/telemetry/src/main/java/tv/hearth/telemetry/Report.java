package tv.hearth.telemetry;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.telemetry.Meter;

/**
 * Encodes a reading as one report of TR-369's bulk data in JSON, report format NameValuePair: a
 * flat object whose {@code CollectionTime} is in seconds since 1970. A meter's labels are put
 * behind its name, sorted: {@code transfer.sent.bytes{class=REPAIR}}. A pure function.
 */
final class Report {
  private static final Pattern NAME = Pattern.compile("[a-z0-9]+([._-][a-z0-9]+)*");
  private static final int MOST_NAME = 96;
  private static final int MOST_LABELS = 8;
  private static final int MOST_TEXT = 200;

  private Report() {}

  /** The report. Meters with a bad name, too many labels or a name given before are left out. */
  static String encode(long secondsSince1970, Reading reading) {
    Json json = new Json().put("CollectionTime", secondsSince1970);
    Set<String> used = new HashSet<>(Set.of("CollectionTime", "Late"));
    int left = 0;
    for (Meter meter : reading.meters()) {
      String name = name(meter);
      if (name.isEmpty() || !used.add(name)) {
        left++;
      } else {
        json.put(name, meter.value());
      }
    }
    for (Reading.NamedHealth each : reading.health()) {
      if (used.add("health." + each.name())) {
        json.put("health." + each.name(), text(each.health()));
      }
    }
    for (Reading.Trouble trouble : reading.troubles()) {
      if (used.add("trouble." + trouble.source())) {
        json.put("trouble." + trouble.source(), cut(trouble.why()));
      }
    }
    return json.put("telemetry.left.meters", left).toString();
  }

  /** Reports of {@link #encode} as one message; late ones are marked. */
  static String message(List<String> reports, boolean late) {
    return reports.stream()
        .map(report -> late ? "{\"Late\":true," + report.substring(1) : report)
        .collect(Collectors.joining(",", "{\"Report\":[", "]}"));
  }

  private static String name(Meter meter) {
    boolean sound =
        meter.name().length() <= MOST_NAME
            && NAME.matcher(meter.name()).matches()
            && meter.labels().size() <= MOST_LABELS;
    if (!sound || meter.labels().isEmpty()) {
      return sound ? meter.name() : "";
    }
    Map<String, String> sorted = new TreeMap<>(meter.labels());
    return sorted.entrySet().stream()
        .map(label -> cut(label.getKey()) + "=" + cut(label.getValue()))
        .collect(Collectors.joining(",", meter.name() + "{", "}"));
  }

  private static String text(Health health) {
    String reason = health.reason().isEmpty() ? "" : ": " + health.reason();
    return cut(health.state() + reason);
  }

  private static String cut(String text) {
    return text.length() <= MOST_TEXT ? text : text.substring(0, MOST_TEXT - 1) + "…";
  }
}
