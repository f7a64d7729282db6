package tv.hearth.update.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import tv.hearth.support.release.Journal;
import tv.hearth.support.release.Restart;
import tv.hearth.support.release.State.Step;

/** The anchor takes the box back while the engine is in the middle of something. */
class AnchorFirstTest {
  private final World world = new World();

  @Test
  void whatTheAnchorWroteCountsAndTheEngineGoesOnFromThere() throws Exception {
    world.eachSecond =
        () -> {
          if (world.seconds == 9) { // the last look; the engine is about to commit
            anchorTakesOver();
          }
        };
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertEquals(Step.IDLE, world.state().step());
    assertEquals("ROLLED_BACK", world.operation("op").phase());
    assertEquals("the anchor was first; went back, well", world.operation("op").reason());
    assertEquals(World.FIRMWARE, world.frame.contents());
  }

  private void anchorTakesOver() {
    try {
      Journal journal = new Journal(world.disk);
      journal.write(Restart.givenUp(journal.read(), "UNHEALTHY", "the anchor was first"));
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
