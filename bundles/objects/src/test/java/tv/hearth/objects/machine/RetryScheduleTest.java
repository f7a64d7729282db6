package tv.hearth.objects.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tv.hearth.api.transfer.TransferException.Problem;

class RetryScheduleTest {
  private static final long MILLI = 1_000_000;
  private final RetrySchedule usual = RetrySchedule.USUAL;

  @Test
  void pausesGrowFromAFifthOfASecondToTwo() {
    long[] expected = {200, 400, 800, 1600, 2000, 2000, 2000, 2000, 2000, 2000};
    for (int i = 0; i < expected.length; i++) {
      assertEquals(expected[i] * MILLI, usual.after(Problem.BUSY, false, i + 1));
      assertEquals(expected[i] * MILLI, usual.after(Problem.NOT_READY, true, i + 1));
    }
    assertEquals(RetrySchedule.NEVER, usual.after(Problem.BUSY, true, 11));
  }

  @Test
  void silenceIsWaitedOutOnlyWhereSomethingWasTaken() {
    for (Problem silence : new Problem[] {Problem.UNREACHABLE, Problem.TIMEOUT}) {
      assertEquals(RetrySchedule.NEVER, usual.after(silence, false, 1));
      assertEquals(400 * MILLI, usual.after(silence, true, 2));
      assertEquals(RetrySchedule.NEVER, usual.after(silence, true, 3));
    }
    assertEquals(400 * MILLI, usual.after(Problem.STOPPED, false, 2));
    assertEquals(RetrySchedule.NEVER, usual.after(Problem.STOPPED, false, 3));
  }

  @ParameterizedTest
  @EnumSource(
      value = Problem.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"BUSY", "NOT_READY", "UNREACHABLE", "TIMEOUT", "STOPPED"})
  void whatWillNotPassIsNotTriedAgain(Problem problem) {
    assertEquals(RetrySchedule.NEVER, usual.after(problem, true, 1));
  }
}
