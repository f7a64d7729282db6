package tv.hearth.headend.campaign.telemetry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tv.hearth.headend.campaign.rollout.Gates;
import tv.hearth.headend.campaign.rollout.Telemetry.Verdict;

/** How much is read for a verdict that is asked for every second: counted, not timed. */
class HistoryWorkTest {
  private static final int BOXES = 1000;
  private static final int DAY = 1440;
  private static final long UPDATE = 100_000_000_000L;
  private static final Gates GATES = new Gates(95, 3, 60, true);
  private final List<String> boxes =
      IntStream.range(0, BOXES).mapToObj(i -> "box" + i).collect(Collectors.toList());
  private final Map<String, List<Sample>> kept = new HashMap<>();
  private long reads;
  private long rows;
  private final History history = new History(this::of);

  private List<Sample> of(String box, long from) {
    List<Sample> all =
        kept.getOrDefault(box, List.of()).stream()
            .filter(sample -> sample.millis() >= from)
            .sorted(Comparator.comparingLong(Sample::millis))
            .collect(Collectors.toList());
    reads++;
    rows += all.size();
    return all;
  }

  private static Sample sample(String box, int minute, double errors) {
    return new Sample(box, UPDATE + minute * 60_000L, errors, 0, 1e6 + minute * 60);
  }

  private void aQuietDay() {
    for (String box : boxes) {
      List<Sample> day = new ArrayList<>();
      for (int minute = -DAY; minute <= 0; minute++) {
        day.add(sample(box, minute, 0));
      }
      kept.put(box, day);
    }
  }

  private void comes(Sample sample) {
    kept.computeIfAbsent(sample.box(), box -> new ArrayList<>()).add(sample);
    history.came(List.of(sample));
  }

  private Verdict judge() {
    return history.judge(boxes, GATES, UPDATE, UPDATE + 600_000);
  }

  /** Looks until all have been looked at. */
  private Verdict settle() {
    Verdict verdict = judge();
    for (int look = 0; !verdict.isWhole() && look < BOXES; look++) {
      verdict = judge();
    }
    return verdict;
  }

  @Test
  void aDayOfSamplesIsReadOnceABoxAndFewBoxesAtATime() {
    aQuietDay();
    for (int second = 0; second < 600; second++) {
      long before = reads;
      judge();
      assertTrue(reads - before <= History.MOST_READ, "read " + (reads - before) + " at once");
      String box = boxes.get(second);
      comes(sample(box, 1, 0));
    }
    assertEquals(BOXES, reads, "a day of samples is read once a box");
    assertTrue(rows <= BOXES * (DAY + 2L), rows + " rows");
    assertEquals(600, judge().reported(), "what came meanwhile counts");
  }

  @Test
  void nothingIsDecidedBeforeAllWereLookedAt() {
    aQuietDay();
    Verdict first = judge();
    assertFalse(first.isWhole());
    assertTrue(first.good());
    assertTrue(settle().isWhole());
  }

  @Test
  void whatComesLaterIsJudgedLikeWhatWasRead() {
    aQuietDay();
    assertTrue(settle().good());
    boxes.forEach(box -> comes(sample(box, 1, 0)));
    for (int minute = 2; minute <= 10; minute++) {
      double errors = 40.0 * minute;
      for (String box : boxes) {
        comes(sample(box, minute, errors));
      }
    }
    Verdict kept = judge();
    assertFalse(kept.good());
    History fresh = new History(this::of);
    Verdict read = fresh.judge(boxes, GATES, UPDATE, UPDATE + 600_000);
    while (!read.isWhole()) {
      read = fresh.judge(boxes, GATES, UPDATE, UPDATE + 600_000);
    }
    assertEquals(read, kept);
  }

  @Test
  void aReportThatCameLateIsCountedSoonAndHoldsNothingUp() {
    aQuietDay();
    settle();
    comes(sample("box7", 3, 0));
    assertEquals(1, judge().reported());
    comes(sample("box7", 2, 0));
    long before = reads;
    assertTrue(judge().isWhole());
    assertEquals(before + 1, reads);
    judge();
    assertEquals(before + 1, reads);
  }

  @Test
  void boxesThatNobodyAsksForAreForgotten() {
    aQuietDay();
    settle();
    history.judge(List.of("box1"), GATES, UPDATE, UPDATE);
    long before = reads;
    history.judge(List.of("box1", "box2"), GATES, UPDATE, UPDATE);
    assertEquals(before + 1, reads);
  }
}
