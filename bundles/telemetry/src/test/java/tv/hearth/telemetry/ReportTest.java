package tv.hearth.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.hearth.api.health.HealthProbe.Health;
import tv.hearth.api.telemetry.Meter;

class ReportTest {
  private static String encode(List<Meter> meters) {
    return Report.encode(1_800_000_000L, new Reading(meters, List.of(), List.of()));
  }

  @Test
  void aReadingIsOneFlatObject() {
    Meter labelled = new Meter("b.bytes", Meter.Kind.COUNTER, 2, Map.of("z", "1", "a", "2"));
    Reading reading =
        new Reading(
            List.of(Meter.counter("a.count", 1.5), labelled),
            List.of(
                new Reading.NamedHealth("mqtt", Health.OK),
                new Reading.NamedHealth("x", Health.failed("broken \"disk\"\n"))),
            List.of(new Reading.Trouble("slow", "took longer than 250 ms")));
    assertEquals(
        "{\"CollectionTime\":1800000000,\"a.count\":1.5,\"b.bytes{a=2,z=1}\":2,"
            + "\"health.mqtt\":\"OK\",\"health.x\":\"FAILED: broken \\\"disk\\\"\\u000a\","
            + "\"trouble.slow\":\"took longer than 250 ms\",\"telemetry.left.meters\":0}",
        Report.encode(1_800_000_000L, reading));
  }

  @Test
  void metersThatAreNoneAreLeftOutAndCounted() {
    assertEquals(
        "{\"CollectionTime\":1800000000,\"a\":null,\"telemetry.left.meters\":4}",
        encode(
            List.of(
                Meter.gauge("a", Double.NaN),
                Meter.gauge("a", 1),
                Meter.gauge("Bad Name", 1),
                Meter.gauge("x".repeat(97), 1),
                Meter.gauge("", 1))));
  }

  @Test
  void lateReportsAreMarkedEachByItself() {
    assertEquals("{\"Report\":[{\"a\":1}]}", Report.message(List.of("{\"a\":1}"), false));
    assertEquals(
        "{\"Report\":[{\"Late\":true,\"a\":1},{\"Late\":true,\"a\":2}]}",
        Report.message(List.of("{\"a\":1}", "{\"a\":2}"), true));
  }

  @Test
  void jsonWritesNumbersAsTheyAreAndNoBrokenText() {
    assertEquals("{\"x\":9007199254740991}", new Json().put("x", 9007199254740991.0) + "");
    assertEquals("{\"x\":-3}", new Json().put("x", -3) + "");
    assertEquals("{\"x\":null}", new Json().put("x", Double.POSITIVE_INFINITY) + "");
    assertEquals("{\"x\":\"\\ud800ä😀\"}", new Json().put("x", "\ud800ä😀") + "");
    assertEquals("{\"x\":true,\"y\":\"\\\\\"}", new Json().put("x", true).put("y", "\\") + "");
  }
}
