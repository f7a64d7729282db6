package tv.hearth.update.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.support.level.Levels;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.support.release.State.Step;
import tv.hearth.tuf.client.TargetFile;
import tv.hearth.tuf.release.LeastVersions;
import tv.hearth.tuf.release.ReleaseBundle;
import tv.hearth.tuf.release.ReleaseFile;

/** Releases that are as they should be, and those that are not. */
class EngineTest {
  private final World world = new World();

  @Test
  void aGoodReleaseIsCommitted() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertEnded("COMMITTED", "");
    assertEquals(World.NEXT, world.frame.contents());
    assertEquals(1, world.state().floor());
    assertEquals(World.FIRMWARE.keySet(), names(world.state().previous().orElseThrow()));
    assertEquals(9, world.seconds, "the window in seconds");
  }

  @Test
  void onlyWhatChangesIsRestarted() throws Exception {
    Map<String, String> next = new HashMap<>(World.FIRMWARE);
    next.put("tv.hearth.storage", "storage 2");
    world.begin("op", world.release("2", 1, next));
    world.run();
    assertEnded("COMMITTED", "");
    assertEquals(1, world.frame.starts);
    assertEquals(Set.of("tv.hearth.storage"), world.operation("op").gaps().keySet());
  }

  @Test
  void aBundleThatIsNoSignedTargetIsRefused() throws Exception {
    refused("UNTRUSTED", world.release("2", 1, World.NEXT), "tv.hearth.storage", null, Map.of());
  }

  @Test
  void aBundleThatIsAnotherThanTheSignedOneIsRefused() throws Exception {
    TargetFile other = signed(world.release("x", 9, Map.of("tv.hearth.storage", "evil")));
    refused("UNTRUSTED", world.release("2", 1, World.NEXT), "tv.hearth.storage", other, Map.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bundle-Activator", "Fragment-Host", "Require-Bundle", "DynamicImport-Package"})
  void whatNoBundleOfAReleaseMayHave(String header) throws Exception {
    String target = world.release("2", 1, World.NEXT);
    TargetFile same = world.releases.get(target).targets().get("tv.hearth.storage");
    refused("BAD_RELEASE", target, "tv.hearth.storage", same, Map.of(header, "x"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"tv.hearth.anchor", "tv.hearth.vendor-api", "com.vendor.epg"})
  void anExtraBundleThatIsNotAReleasesIsRefused(String name) throws Exception {
    Map<String, String> extra = new HashMap<>(World.NEXT);
    extra.put(name, "evil");
    world.begin("op", world.release("2", 1, extra));
    world.run();
    assertUntouched("BAD_RELEASE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"tv.hearth.api", "tv.hearth.update"})
  void aReleaseWithoutWhatTheBoxCantBeWithoutIsRefused(String name) throws Exception {
    Map<String, String> partial = new HashMap<>(World.NEXT);
    partial.remove(name);
    world.begin("op", world.release("2", 1, partial));
    world.run();
    assertUntouched("BAD_RELEASE");
  }

  @Test
  void aReleaseThatDoesNotKnowTheNeighbourhoodsLevelIsRefused() throws Exception {
    world.level = 2;
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertUntouched("NOT_APPLICABLE");
    world.levels = new Levels(1, 2);
    world.begin("knows", world.release("3", 2, World.NEXT));
    world.run();
    assertEquals("COMMITTED", world.operation("knows").phase());
  }

  @Test
  void aReleaseThatWantsMoreThanIsHereIsRefusedByName() throws Exception {
    world.from = new LeastVersions(new TreeMap<>(Map.of("tv.hearth.storage", "0.2.0")));
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertUntouched("NOT_APPLICABLE");
    String reason = world.operation("op").reason();
    assertTrue(reason.contains("tv.hearth.storage") && reason.contains("from 0.2.0 on"), reason);
    world.from = new LeastVersions(new TreeMap<>(Map.of("tv.hearth.newer", "0.2.0")));
    world.begin("has", world.release("3", 2, World.NEXT));
    world.run();
    assertEquals("COMMITTED", world.operation("has").phase());
  }

  @Test
  void aCounterThatIsNotHigherIsRefusedAndARollBackOfTheFleetIsHigher() throws Exception {
    world.begin("op", world.release("2", 7, World.NEXT));
    world.run();
    world.begin("same", world.release("3", 7, World.FIRMWARE));
    world.run();
    assertEquals("NOT_APPLICABLE", world.operation("same").failure());
    assertEquals(World.NEXT, world.frame.contents());
    world.begin("back", world.release("4", 8, World.FIRMWARE));
    world.run();
    assertEquals("COMMITTED", world.operation("back").phase());
    assertEquals(World.FIRMWARE, world.frame.contents());
  }

  @Test
  void anExchangeThatWouldRestartAVendorsBundleIsRefused() throws Exception {
    world.frame.vendors.put(900L, "com.vendor.epg");
    world.frame.together.put("tv.hearth.storage", Set.of("com.vendor.epg"));
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertUntouched("UNRESOLVABLE");
    assertTrue(world.operation("op").reason().contains("com.vendor.epg"));
    assertEquals(0, world.operation("op").originBytes(), "nothing is fetched");
  }

  @Test
  void whatDoesNotFitIsRefusedBeforeItIsFetched() throws Exception {
    world.disk.free = 1_010;
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertUntouched("NO_ROOM");
  }

  @Test
  void aDiskThatIsReadOnlyFailsTheOperationAndLetsTheNextOneIn() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.disk.readOnly = true;
    world.run();
    assertTrue(world.heard.contains("op FAILED"), () -> "heard: " + world.heard);
    assertEquals(World.FIRMWARE, world.frame.contents());
    world.disk.readOnly = false;
    world.run(); // as after a restart: it was not written that it had failed
    assertEnded("COMMITTED", "");
  }

  @Test
  void aBundleThatThrowsWhenStartedIsRolledBack() throws Exception {
    world.frame.broken.add("storage 2");
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertRolledBack("BUNDLE");
  }

  @Test
  void aBundleThatDiesLateIsRolledBack() throws Exception {
    world.eachSecond =
        () -> {
          if (world.seconds == 5) {
            world.frame.die("tv.hearth.new");
          }
        };
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertRolledBack("UNHEALTHY");
  }

  @Test
  void aServiceThatDoesNotComeBackIsRolledBack() throws Exception {
    world.eachSecond = () -> world.services = List.of("tv.hearth.api.A tv.hearth.storage");
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertRolledBack("UNHEALTHY");
    assertTrue(world.operation("op").reason().contains("tv.hearth.api.B"));
  }

  @Test
  void aServiceMayMoveToAnotherBundleWhereItsOwnGoes() throws Exception {
    world.eachSecond =
        () ->
            world.services =
                List.of("tv.hearth.api.A tv.hearth.storage", "tv.hearth.api.B tv.hearth.new");
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertEnded("COMMITTED", "");
  }

  @Test
  void aProbeThatFailedBeforeSaysNothingOfTheTrial() throws Exception {
    world.ailing.put("tv.hearth.mqtt", "no broker");
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertEnded("COMMITTED", "");
  }

  @Test
  void aBundleThatCantBeBroughtBackIsNamedAndTheAgentIsFree() throws Exception {
    world.eachSecond =
        () -> {
          world.frame.die("tv.hearth.new");
          world.frame.broken.add("storage 1");
        };
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertEquals(Step.IDLE, world.state().step());
    assertEquals("ROLLED_BACK", world.operation("op").phase());
    assertTrue(world.operation("op").reason().contains("before the box starts again"));
  }

  @Test
  void aCancelBeforeTheSwitchFailsAndOneInTheWatchRollsBack() throws Exception {
    world.cancelled = true;
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    assertUntouched("CANCELLED");
    world.cancelled = false;
    world.eachSecond = () -> world.cancelled = true;
    world.begin("late", "release/box/2.json");
    world.run();
    assertEquals("ROLLED_BACK", world.operation("late").phase());
    assertEquals(World.FIRMWARE, world.frame.contents());
  }

  @Test
  void aTrialThatKeepsTheBoxFromComingUpIsGivenUp() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.eachSecond =
        () -> {
          if (world.frame.contents().containsKey("tv.hearth.new")) {
            throw new Crash("watching");
          }
        };
    for (int boots = 0; boots <= 3; boots++) {
      try {
        world.run();
      } catch (Crash expected) {
        world.reboot(new Random(boots));
      }
    }
    assertEquals(Step.RETURNING, world.state().step());
    assertEquals(World.FIRMWARE, world.frame.contents(), "the anchor alone brought it back");
    world.run();
    assertEnded("ROLLED_BACK", "UNHEALTHY");
  }

  @Test
  void anEmptiedCacheIsFilledAgain() throws Exception {
    world.begin("op", world.release("2", 1, World.NEXT));
    world.run();
    world.frame.empty();
    world.boot();
    assertEquals(World.NEXT, world.frame.contents());
    world.frame.empty();
    world.firmwareReinstalls = false;
    world.boot();
    assertEquals(World.NEXT, world.frame.contents());
  }

  @Test
  void anyStoredFileMayBeDamaged() throws Exception {
    int files = committed().disk.all().size();
    assertTrue(files > 5, "only " + files + " files");
    Random random = new Random(42);
    for (int i = 0; i < files; i++) {
      World box = committed();
      String name = box.disk.all().get(i);
      box.disk.flip(name, random.nextLong(1L << 20));
      box.boot();
      box.run();
      Map<String, String> is = box.frame.contents();
      assertTrue(is.equals(World.NEXT) || is.equals(World.FIRMWARE), () -> name + ": " + is);
      box.begin("next", box.release("3", 2, World.FIRMWARE));
      box.run();
      OperationRecord next = box.operation("next");
      boolean came = next.phase().equals("COMMITTED");
      assertTrue(came || next.failure().equals("STORAGE"), () -> name + ": " + next);
    }
  }

  @Test
  void twentyUpdatesThenARestart() throws Exception {
    Map<String, String> last = Map.of();
    for (int i = 2; i < 22; i++) {
      Map<String, String> next = new TreeMap<>(World.FIRMWARE);
      int version = i;
      next.replaceAll((name, text) -> name + " " + version);
      world.begin("op" + i, world.release(String.valueOf(i), i, next));
      world.run();
      assertEquals("COMMITTED", world.operation("op" + i).phase());
      last = next;
    }
    assertTrue(world.disk.all().size() <= 20, () -> world.disk.all().size() + " files before");
    world.reboot(new Random(1));
    world.run();
    assertEquals(last, world.frame.contents());
    assertTrue(world.disk.all().size() <= 30, () -> world.disk.all().size() + " files left");
  }

  private static World committed() throws Exception {
    World box = new World();
    box.begin("op", box.release("2", 1, World.NEXT));
    box.run();
    return box;
  }

  private void refused(
      String problem, String target, String name, TargetFile signed, Map<String, String> more)
      throws Exception {
    Ports.Signed before = world.releases.get(target);
    Map<String, TargetFile> targets = new HashMap<>(before.targets());
    targets.remove(name);
    if (signed != null) {
      targets.put(name, signed);
    }
    ReleaseFile release = before.release();
    List<ReleaseBundle> bundles =
        release.bundles().stream()
            .map(b -> b.symbolicName().equals(name) ? with(b, more) : b)
            .toList();
    world.releases.put(
        target,
        new Ports.Signed(
            new ReleaseFile(
                release.name(),
                release.version(),
                release.counter(),
                release.models(),
                release.healthWindowSeconds(),
                release.levels(),
                release.from(),
                bundles,
                Map.of()),
            targets));
    world.begin("op", target);
    world.run();
    assertUntouched(problem);
  }

  private static ReleaseBundle with(ReleaseBundle bundle, Map<String, String> more) {
    Map<String, String> headers = new TreeMap<>(bundle.headers());
    headers.putAll(more);
    return new ReleaseBundle(
        bundle.symbolicName(),
        bundle.version(),
        bundle.target(),
        bundle.sha256(),
        bundle.startOrder(),
        headers);
  }

  private TargetFile signed(String target) {
    return world.releases.get(target).targets().values().iterator().next();
  }

  private void assertUntouched(String problem) throws Exception {
    assertEnded("FAILED", problem);
    assertEquals(World.FIRMWARE, world.frame.contents());
    assertEquals(0, world.frame.starts);
  }

  private void assertRolledBack(String problem) throws Exception {
    assertEnded("ROLLED_BACK", problem);
    assertEquals(World.FIRMWARE, world.frame.contents());
    assertEquals(World.FIRMWARE.keySet(), world.frame.active());
    assertEquals(0, world.state().floor());
  }

  private void assertEnded(String phase, String problem) throws Exception {
    OperationRecord operation = world.operation("op");
    assertEquals(phase, operation.phase(), operation::toString);
    assertEquals(problem, operation.failure(), operation::toString);
    assertEquals(Step.IDLE, world.state().step());
  }

  private static Set<String> names(tv.hearth.support.release.SetRecord set) {
    return Set.copyOf(set.units().stream().map(u -> u.symbolicName()).toList());
  }
}
