package tv.hearth.update.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.State.Step;

/** An end that was asked for holds, whatever becomes of the agent that heard it. */
class CancelTest {
  private final World world = new World();

  @Test
  void oneThatWasHeardBeforeARestartIsHeldAfterIt() throws Exception {
    watchingWhenThePowerFails();
    world.ledger().cancel("op");
    world.reboot(new Random(1));
    world.eachSecond = () -> {};
    world.run();
    assertRolledBack("CANCELLED");
  }

  @Test
  void oneThatComesWhileBundlesAreExchangedIsHeldBeforeTheNextIs() throws Exception {
    watchingWhenThePowerFails();
    world.ledger().change(s -> s.in(Step.SWITCHING));
    world.ledger().cancel("op");
    int seconds = world.seconds;
    world.run();
    assertRolledBack("CANCELLED");
    assertEquals(seconds + 9, world.seconds, "no window for what is to end, one for what is back");
  }

  @Test
  void oneBeforeTheSwitchLeavesTheBoxAsItIs() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.ledger().cancel("op");
    world.run();
    OperationRecord operation = world.operation("op");
    assertEquals("FAILED CANCELLED", operation.phase() + " " + operation.failure());
    assertEquals(0, world.frame.starts);
  }

  @Test
  void oneThatComesAfterTheEndChangesNothing() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    long records = world.records();
    world.ledger().cancel("op");
    assertEquals(records, world.records());
    assertEquals("COMMITTED", world.operation("op").phase());
    assertEquals("", world.operation("op").failure());
  }

  @Test
  void oneOnTheWayBackDoesNotHideWhy() throws Exception {
    watchingWhenThePowerFails();
    world
        .ledger()
        .change(s -> tv.hearth.support.release.Restart.givenUp(s, "UNHEALTHY", "a probe"));
    world.ledger().cancel("op");
    world.run();
    assertRolledBack("UNHEALTHY");
  }

  @Test
  void whoIsRefusedHearsWhichOneRunsAndForHowLong() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    assertTrue(Busy.of(world.state()).getMessage().contains("op of release/box/2.json"));
    assertEquals(0, Busy.seconds(world.state()));
    watch();
    String busy = Busy.of(world.state()).getMessage();
    assertTrue(busy.contains("WATCHING, which takes about 9 s more"), busy);
    assertEquals(69, Busy.seconds(world.state().in(Step.SWITCHING)));
    assertEquals(69, Busy.seconds(world.state().in(Step.RETURNING)), "its window among it");
    world.ledger().cancel("op");
    assertTrue(Busy.of(world.state()).getMessage().contains("asked to end"));
  }

  private void watchingWhenThePowerFails() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    watch();
  }

  private void watch() {
    world.eachSecond =
        () -> {
          throw new Crash("watching");
        };
    assertThrows(Crash.class, world::run);
    world.eachSecond = () -> {};
  }

  private void assertRolledBack(String why) throws Exception {
    OperationRecord operation = world.operation("op");
    assertEquals("ROLLED_BACK " + why, operation.phase() + " " + operation.failure());
    assertEquals(World.FIRMWARE, world.frame.contents());
    assertEquals(Step.IDLE, world.state().step());
  }
}
