package tv.hearth.update.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** A trial, and the line to the operator without which nobody could mend the box. */
class LineTest {
  private final World world = new World();

  @Test
  void aReleaseThatCutsTheBoxOffIsRolledBack() throws Exception {
    world.line = "broker.example:8883";
    world.eachSecond = () -> world.line = "";
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertEnded("ROLLED_BACK", "UNHEALTHY");
    assertTrue(world.operation("op").reason().contains("broker.example:8883"));
  }

  @Test
  void aLineThatComesLateIsWaitedForBeyondTheWindow() throws Exception {
    world.line = "broker.example:8883";
    world.eachSecond = () -> world.line = world.seconds < 60 ? "" : "broker.example:8883";
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertEnded("COMMITTED", "");
    assertEquals(60, world.seconds);
  }

  @Test
  void aBoxWithoutALineBeforeIsNotJudgedByIt() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertEnded("COMMITTED", "");
    assertEquals(9, world.seconds);
  }

  @Test
  void aBrokerThatNobodyReachesIsWaitedForWhileTheAnchorSeesThat() throws Exception {
    world.line = "broker.example:8883";
    world.answers = false;
    long[] before = new long[1];
    world.eachSecond =
        () -> {
          world.line = world.seconds < 3_600 ? "" : "broker.example:8883";
          before[0] = Math.max(before[0], world.records());
        };
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertEnded("COMMITTED", "");
    assertTrue(before[0] > 3_600 / HealthWatch.TELLING, before[0] + " records");
  }

  @Test
  void aBrokerThatIsAwayForADayEndsTheTrialAllTheSame() throws Exception {
    world.line = "broker.example:8883";
    world.answers = false;
    world.eachSecond = () -> world.line = "";
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertEnded("ROLLED_BACK", "UNHEALTHY");
    assertEquals(2 * (9 + HealthWatch.MOST_OUTAGE + 1), world.seconds, "there, and back");
  }

  @Test
  void aBoxThatStartedAgainInItsTrialIsOnTheLineForARecallBeforeItCommits() throws Exception {
    world.line = "broker.example:8883";
    world.eachSecond =
        () -> {
          throw new Crash("the plug is pulled");
        };
    world.begin("op", world.release("2", 1, World.NEXT));
    assertThrows(Crash.class, world::run);
    world.reboot(new Random(1));
    int before = world.seconds;
    world.eachSecond = () -> world.line = world.seconds < before + 6 ? "" : "broker.example:8883";
    world.run();
    assertEnded("COMMITTED", "");
    assertEquals(before + 5 + HealthWatch.RECALL, world.seconds);
  }

  private void assertEnded(String phase, String problem) throws Exception {
    assertEquals(phase, world.operation("op").phase());
    assertEquals(problem, world.operation("op").failure());
    boolean back = phase.equals("ROLLED_BACK");
    assertEquals(back ? World.FIRMWARE : World.NEXT, world.frame.contents());
  }
}
