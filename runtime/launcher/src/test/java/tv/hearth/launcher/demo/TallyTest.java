package tv.hearth.launcher.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class TallyTest {
  private static Tally of(int stalls, long millis) {
    Tally tally = new Tally();
    tally.stalls = stalls;
    tally.stalledNanos = millis * 1_000_000;
    return tally;
  }

  @Test
  void stallsAreSaidWithATimeThatIsNotNothing() {
    assertEquals("0 stalls", of(0, 0).stallsInWords());
    assertEquals("1 stall of 12 ms", of(1, 12).stallsInWords());
    assertEquals("1 stall of 1 ms", of(1, 0).stallsInWords());
    assertEquals("2 stalls of 1.4 s in all", of(2, 1_400).stallsInWords());
  }

  @Test
  void whatTheSummarySaysIsTheSumOfAllShowings() {
    Tally all = of(0, 0);
    all.add(of(1, 12));
    all.add(of(0, 0));
    assertEquals("1 stall of 12 ms", all.stallsInWords());
  }
}
