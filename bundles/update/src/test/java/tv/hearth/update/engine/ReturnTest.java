package tv.hearth.update.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.Restart;
import tv.hearth.support.release.State.Step;

/** The set that a box goes back to is watched as the one that it came from was. */
class ReturnTest {
  private static final String NEWER = "records.db is of version 2, this release knows 1";

  private final World world = new World();

  @Test
  void aSetThatIsWellIsSaidToBe() throws Exception {
    world.eachSecond = this::sickWhileNew;
    goBack();
    OperationRecord operation = assertBack();
    assertEquals("", operation.ailing());
    assertTrue(operation.reason().startsWith("tv.hearth.storage fails: sick"), operation::reason);
    assertTrue(operation.reason().endsWith("; went back, well"), operation::reason);
    assertTrue(world.state().ailing().isEmpty());
    assertEquals(5 + 9, world.seconds, "until the trial failed, and the old set's window");
  }

  @Test
  void aStoreThatTheNewReleaseRaisedIsNamedAndTheBoxTakesOrders() throws Exception {
    world.eachSecond = this::raisesTheStore;
    goBack();
    OperationRecord operation = assertBack();
    assertEquals("tv.hearth.storage fails: " + NEWER, operation.ailing());
    assertTrue(operation.reason().startsWith("went back, but: " + operation.ailing()));
    assertTrue(operation.reason().contains("because: tv.hearth.transfer fails: sick"));
    assertEquals("op", world.state().ailing().orElseThrow().id());

    world.eachSecond = () -> {};
    world.ailing.clear();
    world.begin("next", world.release("3", 2, World.NEXT));
    world.run();
    assertEquals("COMMITTED", world.operation("next").phase());
    assertTrue(world.state().ailing().isEmpty(), "the release after it mends it");
  }

  @Test
  void aProbeThatFailedBeforeTheTrialSaysNothingOfTheWayBack() throws Exception {
    world.ailing.put("tv.hearth.mqtt", "no broker");
    world.eachSecond = this::sickWhileNewBesidesMqtt;
    goBack();
    assertEquals("", assertBack().ailing());
  }

  @Test
  void aServiceOrALineThatDoesNotComeBackIsNamed() throws Exception {
    world.line = "broker.example:8883";
    world.eachSecond =
        () -> {
          world.services = List.of("tv.hearth.api.A tv.hearth.storage");
          sickWhileNew();
        };
    goBack();
    assertEquals("not offered any more: tv.hearth.api.B tv.hearth.old", assertBack().ailing());

    World cut = new World();
    cut.line = "broker.example:8883";
    cut.eachSecond = () -> cut.line = "";
    cut.begin("op", cut.release("2", 1, World.NEXT));
    cut.run();
    assertTrue(cut.operation("op").ailing().contains("no line to the operator's broker"));
  }

  @Test
  void aBundleThatDiesOnceItIsBackIsNamed() throws Exception {
    world.eachSecond =
        () -> {
          sickWhileNew();
          if (!isNew() && world.seconds > 6) {
            world.frame.die("tv.hearth.old");
          }
        };
    goBack();
    assertEquals("not running: tv.hearth.old", assertBack().ailing());
  }

  @Test
  void aPowerCutInTheWindowLetsItBeWatchedAgain() throws Exception {
    world.eachSecond =
        () -> {
          raisesTheStore();
          if (!isNew() && world.watches() == 1) {
            throw new Crash("the plug is pulled");
          }
        };
    world.begin("op", world.release("2", 1, World.NEXT));
    assertThrows(Crash.class, world::run);
    assertEquals(Step.RETURNING, world.state().step());
    assertEquals("ROLLING_BACK", world.operation("op").phase());
    world.reboot(new Random(1));
    world.run();
    assertEquals("tv.hearth.storage fails: " + NEWER, assertBack().ailing());
  }

  @Test
  void aBoxThatNeverGetsThroughTheWindowIsFreeAtLast() throws Exception {
    world.eachSecond =
        () -> {
          sickWhileNew();
          if (!isNew()) {
            throw new Crash("the plug is pulled");
          }
        };
    world.begin("op", world.release("2", 1, World.NEXT));
    for (int i = 0; i < Restart.MOST_WATCHES; i++) {
      assertThrows(Crash.class, world::run);
      world.reboot(new Random(i));
    }
    world.run();
    assertTrue(assertBack().ailing().contains("without getting through its window"));
  }

  @Test
  void anEndThatIsAskedForOnTheWayBackCutsNoWindow() throws Exception {
    world.eachSecond =
        () -> {
          raisesTheStore();
          world.cancelled = true;
        };
    goBack();
    OperationRecord operation = assertBack();
    assertEquals("CANCELLED", operation.failure());
    assertEquals("tv.hearth.storage fails: " + NEWER, operation.ailing());
  }

  @Test
  void aLongWindowMovesTheJournalSoThatAnAnchorOfBeforeLeavesItAlone() throws Exception {
    world.line = "broker.example:8883";
    world.eachSecond =
        () -> {
          sickWhileNew();
          world.line = world.seconds < 1_200 ? "" : "broker.example:8883";
        };
    world.answers = false;
    long[] moved = new long[2];
    Runnable before = world.eachSecond;
    world.eachSecond =
        () -> {
          before.run();
          if (world.records() != moved[0]) {
            moved[0] = world.records();
            moved[1] = world.seconds;
          }
          assertTrue(world.seconds - moved[1] < 600, "an anchor of 0.1.0 waits for ten minutes");
        };
    goBack();
    assertEquals("", assertBack().ailing());
    assertTrue(world.seconds >= 1_200);
  }

  private boolean isNew() {
    return world.frame.contents().containsKey("tv.hearth.new");
  }

  private void sickWhileNew() {
    world.ailing.clear();
    if (isNew()) {
      world.ailing.put("tv.hearth.storage", "sick");
    }
  }

  private void sickWhileNewBesidesMqtt() {
    sickWhileNew();
    world.ailing.put("tv.hearth.mqtt", "no broker");
  }

  /** The new release writes what the old one can't read, and then fails. */
  private void raisesTheStore() {
    world.ailing.clear();
    if (isNew()) {
      world.ailing.put("tv.hearth.transfer", "sick");
    } else {
      world.ailing.put("tv.hearth.storage", NEWER);
    }
  }

  private void goBack() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
  }

  private OperationRecord assertBack() throws Exception {
    assertEquals(Step.IDLE, world.state().step());
    assertEquals(World.FIRMWARE, world.frame.contents());
    OperationRecord operation = world.operation("op");
    assertEquals("ROLLED_BACK", operation.phase(), operation::toString);
    assertFalse(operation.reason().isEmpty());
    return operation;
  }
}
