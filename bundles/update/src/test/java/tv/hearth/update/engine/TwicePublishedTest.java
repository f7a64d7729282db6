package tv.hearth.update.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tv.hearth.support.release.OperationRecord;

/** One name, published more than once: what counts is the counter, and the bytes. */
class TwicePublishedTest {
  private final World world = new World();
  private final Map<String, String> other = new HashMap<>(World.NEXT);

  @Test
  void aHigherCounterBringsTheOtherBytesUnderTheSameName() throws Exception {
    other.put("tv.hearth.storage", "storage 2, built again");
    assertEquals("COMMITTED", install("first", 1, World.NEXT).phase());
    assertEquals("COMMITTED", install("second", 8, other).phase());
    assertEquals(other, world.frame.contents());
    assertEquals(8, world.state().good().orElseThrow().counter());
  }

  @Test
  void otherBytesUnderTheSameNameAndCounterAreAFaultOfTheRelease() throws Exception {
    other.put("tv.hearth.storage", "storage 2, built again");
    install("first", 1, World.NEXT);
    OperationRecord second = install("second", 1, other);
    assertEquals("BAD_RELEASE", second.failure());
    assertTrue(second.reason().contains("tv.hearth.storage"), second.reason());
    assertEquals(World.NEXT, world.frame.contents());
  }

  @Test
  void whatRunsHereIsNotInstalledOnceMore() throws Exception {
    install("first", 1, World.NEXT);
    OperationRecord second = install("second", 1, World.NEXT);
    assertEquals("NOT_APPLICABLE", second.failure());
    assertTrue(second.reason().contains("runs here"), second.reason());
  }

  private OperationRecord install(String id, long counter, Map<String, String> bundles)
      throws Exception {
    world.begin(id, world.release("2", counter, bundles));
    world.run();
    return world.operation(id);
  }
}
