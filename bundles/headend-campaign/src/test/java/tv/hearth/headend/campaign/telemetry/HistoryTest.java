package tv.hearth.headend.campaign.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Telemetry.Verdict;

class HistoryTest {
  private static final long UPDATE = 100_000_000_000L;
  private static final Gates GATES = new Gates(95, 3, 60, true);

  /** A report a minute: an hour before the update, ten minutes after it. */
  private static Verdict judge(double errorsBefore, double errorsAfter, int restarts) {
    List<Sample> samples = new ArrayList<>();
    double errors = 50;
    for (int minute = -60; minute <= 0; minute++) {
      errors += errorsBefore;
      samples.add(new Sample("b", UPDATE + minute * 60_000L, errors, 0, 10_000 + minute * 60));
    }
    errors = 0; // its bundle began anew
    for (int minute = 1; minute <= 10; minute++) {
      errors += errorsAfter;
      double uptime = minute <= restarts ? 5 - minute : 20_000 + minute * 60;
      samples.add(new Sample("b", UPDATE + minute * 60_000L, errors, 0, uptime));
    }
    History history =
        new History(
            (box, from) ->
                samples.stream().filter(s -> s.millis() >= from).collect(Collectors.toList()));
    return history.judge(List.of("b"), GATES, UPDATE, UPDATE + 600_000);
  }

  @Test
  void aQuietUpdatePasses() {
    assertTrue(judge(0, 0, 0).good());
    assertEquals(1, judge(0, 0, 0).reported());
  }

  @Test
  void moreErrorsThanTheOwnPastAllowsStop() {
    assertTrue(judge(2, 2, 0).good(), "as many as before");
    assertTrue(judge(2, 5, 0).good(), "within three times");
    Verdict verdict = judge(2, 7, 0);
    assertFalse(verdict.good());
    assertTrue(verdict.reason().contains("errors"), verdict.reason());
    assertFalse(judge(0, 2, 0).good(), "a quiet box that gets noisy");
  }

  @Test
  void oneErrorAfterAQuietDayStopsNothing() {
    assertTrue(judge(0, 0.1, 0).good());
  }

  @Test
  void restartsStop() {
    Verdict verdict = judge(0, 0, 4);
    assertFalse(verdict.good());
    assertTrue(verdict.reason().contains("restarts"), verdict.reason());
  }

  @Test
  void aBoxThatReportedNothingSinceIsNotCounted() {
    History history = new History((box, from) -> List.of(new Sample(box, UPDATE - 1, 0, 0, 1)));
    assertEquals(0, history.judge(List.of("b"), GATES, UPDATE, UPDATE + 1).reported());
  }
}
