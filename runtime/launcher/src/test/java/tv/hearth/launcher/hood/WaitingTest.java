package tv.hearth.launcher.hood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tv.hearth.launcher.LauncherException;

class WaitingTest {
  private long nanos;

  private Waiting waiting() {
    return new Waiting(Duration.ofSeconds(60), () -> nanos);
  }

  private void pass(int seconds) {
    nanos += Duration.ofSeconds(seconds).toNanos();
  }

  @Test
  void whatMovesIsWaitedForHoweverLongItTakes() {
    Waiting waiting = waiting();
    for (int step = 0; step < 1_000; step++) {
      pass(59);
      assertFalse(waiting.standsStill(step));
    }
    pass(60);
    assertFalse(waiting.standsStill(999));
    pass(1);
    assertTrue(waiting.standsStill(999));
  }

  @Test
  void aStandstillIsSaidWithItsRemedy() {
    AtomicInteger steps = new AtomicInteger();
    LauncherException thrown =
        assertThrows(
            LauncherException.class,
            () ->
                waiting()
                    .until(
                        () -> {
                          pass(20);
                          return steps.incrementAndGet() > 100;
                        },
                        () -> Math.min(steps.get(), 10),
                        () -> "do that"));
    assertEquals("nothing has moved for 1 min: do that", thrown.getMessage());
    assertTrue(steps.get() > 10 && steps.get() < 20, "a standstill after the tenth step");
  }

  @Test
  void whatHoldsIsNotWaitedFor() {
    waiting().until(() -> true, () -> "", () -> "never said");
    assertEquals(0, nanos);
  }
}
