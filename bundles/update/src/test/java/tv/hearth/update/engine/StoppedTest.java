package tv.hearth.update.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.State.Step;

/** The agent's bundle alone is stopped and started again: nobody asked for an end. */
class StoppedTest {
  private final World world = new World();

  @Test
  void whatWasFetchedIsGoneOnWithAtTheNextStart() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.eachFetch = () -> world.closed = true;
    assertFalse(world.runUntilClosed());
    assertEquals("FETCHING", world.operation("op").phase());
    assertEquals("", world.operation("op").failure());
    world.eachFetch = () -> {};
    world.run();
    assertEquals("COMMITTED", world.operation("op").phase());
  }

  /** As a read fails whose socket is closed under it. */
  @Test
  void whateverFailsMeanwhileIsTriedAgain() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    var releases = Map.copyOf(world.releases);
    world.releases.clear();
    world.closed = true;
    assertFalse(world.runUntilClosed());
    world.releases.putAll(releases);
    world.run();
    assertEquals("COMMITTED", world.operation("op").phase());
  }

  @Test
  void anEndThatWasAskedForHoldsAllTheSame() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.eachFetch =
        () -> {
          world.closed = true;
          world.cancelled = true;
        };
    world.runUntilClosed();
    OperationRecord operation = world.operation("op");
    assertEquals("FAILED CANCELLED", operation.phase() + " " + operation.failure());
  }

  @Test
  void aWatchThatIsCutShortIsNoReasonToGoBack() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.eachSecond = () -> world.closed = true;
    world.runUntilAsked();
    assertFalse(world.runUntilClosed(), "it watches, and is stopped in the midst of it");
    assertEquals(Step.WATCHING, world.state().step());
    world.eachSecond = () -> {};
    world.run();
    assertEquals("COMMITTED", world.operation("op").phase());
  }
}
