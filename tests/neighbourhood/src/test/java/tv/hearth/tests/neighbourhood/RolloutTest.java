package tv.hearth.tests.neighbourhood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tv.hearth.launcher.command.fleet.Plans;
import tv.hearth.launcher.command.fleet.Views;
import tv.hearth.launcher.demo.DemoReleases;
import tv.hearth.launcher.hood.FleetClient;
import tv.hearth.launcher.hood.Starter;
import tv.hearth.launcher.ui.Progress;
import tv.hearth.tuf.release.LeastVersions;
import tv.hearth.tuf.release.ReleaseBundle;
import tv.hearth.tuf.release.ReleaseException;
import tv.hearth.tuf.release.ReleaseFile;

/** Signed releases rolled out over real boxes, while things go wrong. */
final class RolloutTest {
  private static final int BOXES = 4;
  private static TestHood hood;
  private static DemoReleases releases;

  /** Of as many digits from the first to the last: versions' qualifiers are compared as texts. */
  private static int number = 100;

  @BeforeAll
  static void up() throws IOException {
    hood = new TestHood(BOXES);
    releases = new DemoReleases(hood.hood(), hood.scratch());
  }

  @AfterAll
  static void down() throws IOException {
    hood.close();
  }

  @AfterEach
  void allBack() throws IOException {
    new Starter(hood.hood()).up(Progress.NONE);
  }

  private static String good() throws IOException {
    return releases.good(String.valueOf(++number), 3);
  }

  private static FleetClient fleet() {
    try {
      return new FleetClient(hood.hood());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static long begin(String target) {
    return fleet().begin(Plans.show(target, 7)).get("campaign").asLong();
  }

  private static JsonNode await(long id, String what, Predicate<JsonNode> condition) {
    Starter.await(
        Duration.ofMinutes(4), () -> answered(id, condition), () -> "waited in vain: " + what);
    return fleet().campaign(id);
  }

  /** A headend that is on its way up does not answer yet. */
  private static boolean answered(long id, Predicate<JsonNode> condition) {
    try {
      return condition.test(fleet().campaign(id));
    } catch (tv.hearth.launcher.LauncherException e) {
      return false;
    }
  }

  private static String release(int box) {
    return hood.control(box).call("/update", Map.of()).get("release").asText();
  }

  private static boolean all(String target, List<Integer> boxes) {
    return boxes.stream().allMatch(box -> release(box).equals(target));
  }

  /** The file of a published release. */
  private static Path feature(String target) throws IOException {
    Path repository = hood.hood().releases().repository();
    try (var files = Files.walk(repository.resolve("targets/release"))) {
      return files
          .filter(Files::isRegularFile)
          .filter(f -> f.toString().endsWith("." + Path.of(target).getFileName()))
          .findFirst()
          .orElseThrow();
    }
  }

  private static int offline() {
    int off = 0;
    for (JsonNode box : fleet().boxes()) {
      off += box.get("online").asBoolean() ? 0 : 1;
    }
    return off;
  }

  private static int count(JsonNode campaign, String state) {
    return campaign.get("counts").path(state).asInt();
  }

  @Test
  void aGoodReleaseReachesAllAndABadOneNoFurtherThanItsCanary() throws IOException {
    String target = good();
    JsonNode done = await(begin(target), "the good release", Views::ended);
    assertEquals("COMPLETED", done.get("status").asText(), done.toString());
    assertTrue(all(target, hood.hood().numbers()));
    assertEachByteLeftTheHeadendAboutOnce(target);
    String bad = releases.bad(String.valueOf(++number), 4);
    JsonNode stopped = await(begin(bad), "the bad release", Views::ended);
    assertEquals("STOPPED", stopped.get("status").asText(), stopped.toString());
    assertEquals(1, count(stopped, "ROLLED_BACK"));
    assertEquals(BOXES - 1, count(stopped, "LEFT"));
    assertTrue(all(target, hood.hood().numbers()), "all are on the good release");
  }

  private static void assertEachByteLeftTheHeadendAboutOnce(String target) {
    long origin = 0;
    long all = 0;
    for (int box : hood.hood().numbers()) {
      for (JsonNode operation : hood.control(box).call("/update", Map.of()).get("operations")) {
        if (operation.get("target").asText().equals(target)) {
          origin += operation.get("originBytes").asLong();
          all += operation.get("originBytes").asLong() + operation.get("neighbourBytes").asLong();
        }
      }
    }
    assertTrue(origin > 0 && origin * BOXES <= all * 3 / 2, origin + " of " + all + " bytes");
  }

  @Test
  void aBoxThatWasOffCatchesUp() throws IOException {
    hood.hood().box(4).kill();
    TestHood.await("the headend knows that box 4 is off", () -> offline() == 1);
    String target = good();
    long id = begin(target);
    await(id, "three boxes have it", c -> count(c, "DONE") >= BOXES - 1);
    hood.start(4);
    await(id, "all have it", c -> count(c, "DONE") == BOXES);
    await(id, "the campaign's end", Views::ended);
    assertEquals(target, release(4));
  }

  /** Boxes that are too old for a release go over the one before it, by the same campaign. */
  @Test
  void whatIsTooOldGoesOverAStone() throws IOException, ReleaseException {
    String stone = good();
    SortedMap<String, String> least = new TreeMap<>();
    for (ReleaseBundle bundle : ReleaseFile.parse(Files.readAllBytes(feature(stone))).bundles()) {
      if (DemoReleases.CHANGED.contains(bundle.symbolicName())) {
        least.put(bundle.symbolicName(), bundle.version());
      }
    }
    String target = releases.good(String.valueOf(++number), 3, new LeastVersions(least));
    JsonNode done = await(begin(target), "the end of the way", Views::ended);
    assertEquals("COMPLETED", done.get("status").asText(), done.toString());
    assertTrue(all(target, hood.hood().numbers()));
    for (int box : hood.hood().numbers()) {
      String operations = hood.control(box).call("/update", Map.of()).get("operations").toString();
      assertTrue(operations.contains(stone), "box " + box + " went over the stone: " + operations);
    }
  }

  @Test
  void aHeadendKilledInTheMiddleGoesOn() throws IOException {
    String target = good();
    long id = begin(target);
    await(id, "the canary was asked", c -> count(c, "WAITING") < BOXES);
    hood.hood().headend().kill();
    new Starter(hood.hood()).up(Progress.NONE);
    JsonNode done = await(id, "the campaign's end", Views::ended);
    assertEquals("COMPLETED", done.get("status").asText(), done.toString());
    assertTrue(all(target, hood.hood().numbers()));
    done.get("boxes").forEach(box -> assertEquals(1, box.get("attempts").asInt(), box.toString()));
  }

  @Test
  void aBrokerThatFlapsLosesNoEnd() throws IOException {
    String target = good();
    long id = begin(target);
    await(id, "the canary was asked", c -> count(c, "WAITING") < BOXES);
    for (int flap = 0; flap < 2; flap++) {
      hood.hood().broker().kill();
      hood.hood().startBroker();
    }
    new Starter(hood.hood()).up(Progress.NONE);
    JsonNode done = await(id, "the campaign's end", Views::ended);
    assertEquals("COMPLETED", done.get("status").asText(), done.toString());
    assertTrue(all(target, hood.hood().numbers()));
  }

  @Test
  void whatTheReleaseKeysDidNotSignStopsTheCampaign() throws IOException {
    String target = good();
    Path feature = feature(target);
    byte[] signed = Files.readAllBytes(feature);
    byte[] forged = signed.clone();
    forged[forged.length / 2] ^= 1;
    Files.write(feature, forged);
    List<String> before = hood.hood().numbers().stream().map(RolloutTest::release).toList();
    JsonNode stopped = await(begin(target), "the forged release", Views::ended);
    Files.write(feature, signed);
    assertEquals("STOPPED", stopped.get("status").asText(), stopped.toString());
    assertTrue(stopped.get("reason").asText().contains("untrusted"), stopped.toString());
    assertEquals(before, hood.hood().numbers().stream().map(RolloutTest::release).toList());
  }
}
