package tv.hearth.update.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tv.hearth.support.release.OperationRecord;
import tv.hearth.tuf.release.ReleaseBundle;

/** Which services a release must offer again. */
class PromisesTest {
  private static final String STORE = "tv.hearth.api.Store tv.hearth.storage";
  private static final String PROBE = "tv.hearth.api.Probe tv.hearth.storage";

  private static ReleaseBundle bundle(String name, String... headers) {
    Map<String, String> all = new java.util.HashMap<>(Map.of("Bundle-SymbolicName", name));
    for (int i = 0; i < headers.length; i += 2) {
      all.put(headers[i], headers[i + 1]);
    }
    return new ReleaseBundle(name, "1", "bundle/" + name, "a".repeat(64), 10, all);
  }

  private static String offers(String... names) {
    return "osgi.service;objectClass:List<String>=\""
        + String.join(",", names)
        + "\";uses:=\"tv.hearth.api\",tv.hearth.level;least:Long=1;most:Long=1";
  }

  private static List<String> waived(ReleaseBundle release, String... services) {
    return Promises.waived(List.of(services), List.of(services), List.of(release));
  }

  @Test
  void manifestsAreReadAsBndWritesThem() {
    assertEquals(
        Set.of("a.B", "c.D", "e.F"),
        Promises.stated(offers("a.B", "c.D") + ",osgi.service;objectClass=e.F;effective:=active"));
    assertEquals(Set.of(), Promises.stated("tv.hearth.level;least:Long=1;most:Long=1"));
  }

  @Test
  void whatTheReleaseDoesNotStateIsNotMissed() {
    var older = bundle("tv.hearth.storage", "Provide-Capability", offers("tv.hearth.api.Store"));
    assertEquals(List.of(PROBE), waived(older, STORE, PROBE));
  }

  @Test
  void whatNoManifestEverStatedIsMissed() {
    var older = bundle("tv.hearth.storage");
    assertEquals(List.of(), Promises.waived(List.of(STORE), List.of(), List.of(older)));
  }

  @Test
  void whatVendorsRelyOnIsMissedWhateverIsStated() {
    String vendors = "tv.hearth.vendor.objects.ObjectStore tv.hearth.objects";
    var older = bundle("tv.hearth.objects");
    assertEquals(List.of(), waived(older, vendors));
  }

  @Test
  void ofABundleThatIsLeftOutWhatOthersAskForIsMissed() {
    var user =
        bundle(
            "tv.hearth.objects",
            "Require-Capability",
            "osgi.service;filter:=\"(objectClass=tv.hearth.api.Store)\";resolution:=optional");
    assertEquals(List.of(PROBE), waived(user, STORE, PROBE));
  }

  @Test
  void anOperatorGoesBackToBundlesThatOfferLess() throws Exception {
    World world = new World();
    world.stated = world.services;
    world.headers.put("tv.hearth.storage", Map.of("Provide-Capability", offers("tv.hearth.api.A")));
    world.eachSecond = () -> world.services = List.of("tv.hearth.api.A tv.hearth.storage");
    world.begin("back", world.release("2", 1, World.NEXT));
    world.run();
    OperationRecord back = world.operation("back");
    assertEquals("COMMITTED", back.phase(), back::reason);

    World broken = new World();
    broken.stated = broken.services;
    broken.headers = world.headers;
    broken.eachSecond =
        () -> {
          if (broken.frame.contents().containsValue("storage 2")) {
            broken.services = List.of();
          }
        };
    broken.begin("op", broken.release("2", 1, World.NEXT));
    broken.run();
    assertEquals("ROLLED_BACK", broken.operation("op").phase());
    assertTrue(broken.operation("op").reason().contains("tv.hearth.api.A tv.hearth.storage"));
  }
}
