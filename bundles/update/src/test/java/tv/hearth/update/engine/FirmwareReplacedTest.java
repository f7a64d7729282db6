package tv.hearth.update.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.State.Step;

/** The firmware is replaced under a box whose release uses jars of the firmware. */
class FirmwareReplacedTest {
  private static final Map<String, String> REPLACED =
      Map.of(
          "tv.hearth.api", "api F",
          "tv.hearth.update", "update F",
          "tv.hearth.storage", "storage F",
          "tv.hearth.transfer", "transfer F",
          "tv.hearth.old", "old F");
  private static final Map<String, String> WHOLE =
      Map.of(
          "tv.hearth.api", "api 2",
          "tv.hearth.update", "update 2",
          "tv.hearth.storage", "storage 2",
          "tv.hearth.transfer", "transfer 2");

  private final World world = new World();
  @TempDir Path folder;

  @BeforeEach
  void inFiles() throws IOException {
    world.frame.locations = name -> folder.resolve(name + ".jar").toUri().toString();
    write(World.FIRMWARE);
  }

  private void write(Map<String, String> firmware) throws IOException {
    for (Map.Entry<String, String> each : firmware.entrySet()) {
      Files.writeString(folder.resolve(each.getKey() + ".jar"), each.getValue());
    }
  }

  /** As where bundles are installed by reference. */
  private void replace() throws IOException {
    write(REPLACED);
    world.firmware = REPLACED;
    world.frame.replaced(World.FIRMWARE, REPLACED);
  }

  private void install(String id, long counter, Map<String, String> bundles) throws Exception {
    world.begin(id, world.release(id, counter, bundles));
    world.run();
  }

  @Test
  void aSetThatCanNotBeHadGivesWayToTheFirmwaresOwn() throws Exception {
    install("one", 5, World.NEXT);
    assertEquals("COMMITTED", world.operation("one").phase());
    replace();
    world.boot();
    assertEquals(REPLACED, world.frame.contents());
    assertEquals(Step.IDLE, world.state().step());
    assertEquals(5, world.state().floor());
    assertTrue(world.state().good().isEmpty(), "what it is adopts the next operation");
    OperationRecord told = world.state().ailing().orElseThrow();
    assertEquals("box/one", told.target().replace("release/", "").replace(".json", ""));
    assertTrue(told.ailing().contains("tv.hearth.api"), told::ailing);
    assertTrue(told.ailing().contains("the firmware's own set runs"), told::ailing);
  }

  @Test
  void theSameReleaseIsTakenAgainAndALowerOneIsNot() throws Exception {
    install("one", 5, World.NEXT);
    replace();
    world.boot();
    world.begin("again", world.release("one", 5, World.NEXT));
    world.run();
    assertEquals("COMMITTED", world.operation("again").phase(), world.operation("again")::reason);
    assertEquals(World.NEXT, world.frame.contents());
    assertTrue(world.state().ailing().isEmpty());

    install("lower", 4, WHOLE);
    assertEquals("NOT_APPLICABLE", world.operation("lower").failure());
  }

  @Test
  void cutAnywhereOnTheWayItEndsTheSame() throws Exception {
    boolean isCut = true;
    for (int cut = 0; isCut; cut++) {
      World box = new World();
      box.frame.locations = world.frame.locations;
      write(World.FIRMWARE);
      box.begin("one", box.release("one", 5, World.NEXT));
      box.run();
      write(REPLACED);
      box.firmware = REPLACED;
      box.frame.replaced(World.FIRMWARE, REPLACED);
      box.power.offAfter(cut);
      isCut = isCutWhileBooting(box);
      box.power.offAfter(-1);
      if (isCut) {
        box.reboot(new Random(cut));
      }
      assertEquals(REPLACED, box.frame.contents(), "cut at " + cut);
      assertTrue(box.state().good().isEmpty(), "cut at " + cut);
      assertEquals(1, box.state().operations().stream().filter(o -> !o.ailing().isEmpty()).count());
    }
  }

  private static boolean isCutWhileBooting(World box) throws Exception {
    try {
      box.boot();
      return false;
    } catch (Crash cut) {
      return true;
    }
  }

  @Test
  void aReleaseThatIsAllInTheStoreStays() throws Exception {
    install("one", 5, WHOLE);
    replace();
    world.boot();
    assertEquals(WHOLE, world.frame.contents());
    assertTrue(world.state().ailing().isEmpty());
  }

  /** As where the framework keeps copies: what runs is whole, and is the way back. */
  @Test
  void whatRunsIsKeptBeforeItIsExchanged() throws Exception {
    install("one", 5, World.NEXT);
    write(REPLACED);
    world.boot();
    assertEquals(World.NEXT, world.frame.contents());
    world.ailing.clear();
    world.eachSecond =
        () -> {
          if (world.frame.contents().containsValue("storage 2")
              && world.frame.contents().containsValue("api 2")) {
            world.frame.die("tv.hearth.storage");
          }
        };
    install("two", 6, WHOLE);
    assertEquals("ROLLED_BACK", world.operation("two").phase(), world.operation("two")::reason);
    assertEquals(World.NEXT, world.frame.contents());
    world.eachSecond = () -> {};
    install("three", 7, WHOLE);
    assertEquals("COMMITTED", world.operation("three").phase(), world.operation("three")::reason);
    assertEquals(WHOLE, world.frame.contents());
  }

  @Test
  void aTrialThatTheReplacementCutShortEndsWithTheFirmwaresOwn() throws Exception {
    world.eachSecond =
        () -> {
          if (world.seconds == 3) {
            throw new Crash("plug");
          }
        };
    world.begin("one", world.release("one", 5, World.NEXT));
    try {
      world.run();
    } catch (Crash watching) {
      assertEquals(Step.WATCHING, world.state().step());
    }
    replace();
    world.boot();
    assertEquals(REPLACED, world.frame.contents());
    assertEquals(Step.IDLE, world.state().step());
    OperationRecord one = world.operation("one");
    assertEquals("ROLLED_BACK", one.phase());
    assertTrue(one.ailing().contains("the firmware was replaced"), one::ailing);
  }
}
