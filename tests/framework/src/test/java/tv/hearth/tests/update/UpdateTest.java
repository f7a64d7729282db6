package tv.hearth.tests.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tv.hearth.tests.update.unit.Subject;

/** Updates of a small box that runs: what a release may do to it, and what it may not. */
class UpdateTest {
  private static final String SUBJECT = "tv.hearth.subject";
  static final String[] BASE = {
    "org.",
    "tv.hearth.anchor",
    "tv.hearth.api",
    "tv.hearth.vendor-api",
    "tv.hearth.crypto",
    "tv.hearth.lib.bouncycastle",
    "tv.hearth.update"
  };

  @TempDir private Path folder;
  private TestRepository repository;
  private List<Path> base;

  private Box box(String kind) throws Exception {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    repository = new TestRepository(Files.createDirectories(folder.resolve("repository")));
    base = new ArrayList<>(Jars.shipped(BASE));
    base.add(Jars.subject(jars, SUBJECT, "1.0.0", "good", Map.of()));
    base.addAll(conflict(jars));
    return new Box(kind, folder.resolve("box"), base, repository).start();
  }

  /** Packages of a vendor's that nobody can import together: each uses a third one of its own. */
  private static List<Path> conflict(Path jars) throws Exception {
    List<Path> all = new ArrayList<>();
    for (String each : List.of("a", "b")) {
      String used = "vendor.conflict.used;kind=" + each + ";mandatory:=kind";
      all.add(Jars.empty(jars, "vendor.used." + each, Map.of("Export-Package", used)));
      all.add(
          Jars.empty(
              jars,
              "vendor.conflict." + each,
              Map.of(
                  "Import-Package",
                  "vendor.conflict.used;kind=" + each,
                  "Export-Package",
                  "vendor.conflict." + each + ";uses:=vendor.conflict.used")));
    }
    return all;
  }

  /** The managed bundles of the firmware, with some in place of those of their names. */
  private List<Path> with(Path... others) {
    List<Path> all = new ArrayList<>();
    for (Path jar : base) {
      String name = name(jar);
      boolean isManaged =
          name.startsWith("tv.hearth.")
              && !name.equals("tv.hearth.anchor")
              && !name.equals("tv.hearth.vendor-api");
      if (isManaged && List.of(others).stream().noneMatch(o -> name(o).equals(name))) {
        all.add(jar);
      }
    }
    all.addAll(List.of(others));
    return all;
  }

  private static String name(Path jar) {
    return jar.getFileName().toString().replaceAll("-[0-9].*", "");
  }

  private Path subject(String version, String behaviour) throws Exception {
    return Jars.subject(folder.resolve("jars"), SUBJECT, version, behaviour, Map.of());
  }

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void aGoodReleaseComesAndStaysOverAnEmptiedCache(String kind) throws Exception {
    try (Box box = box(kind)) {
      Box.Ended end =
          box.update("op", repository.release("2", 1, 3, with(subject("2.0.0", "good"))));
      assertEquals("COMMITTED", end.phase(), end::toString);
      assertEquals("2.0.0", box.versions().get(SUBJECT));
      assertEquals(1, end.gaps().size(), () -> "restarted: " + end.gaps());
      box.emptyCache();
      box.start();
      Box.await("the new set", () -> "2.0.0".equals(box.versions().get(SUBJECT)));
      Box.await("the agent's memory", () -> box.phase("op").equals("COMMITTED"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "felix,sick",
    "felix,throws",
    "felix,dies",
    "felix,hangs",
    "equinox,sick",
    "equinox,throws",
    "equinox,dies",
    "equinox,hangs"
  })
  void aBadReleaseIsRolledBack(String kind, String behaviour) throws Exception {
    try (Box box = box(kind)) {
      Map<String, String> before = box.versions();
      Box.Ended end =
          box.update("op", repository.release("2", 1, 6, with(subject("2.0.0", behaviour))));
      assertEquals("ROLLED_BACK", end.phase(), end::toString);
      Box.await(() -> "the set before: " + box.versions(), () -> before.equals(box.versions()));
      Box.Ended next =
          box.update("next", repository.release("3", 2, 3, with(subject("3.0.0", "good"))));
      assertEquals("COMMITTED", next.phase(), next::toString);
    }
  }

  /** All of its bundles are active, and every service is there that was there before. */
  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void aReleaseOneOfWhoseComponentsCantBeActivatedIsRolledBack(String kind) throws Exception {
    try (Box box = box(kind)) {
      Box.Ended end =
          box.update("op", repository.release("2", 1, 3, with(subject("2.0.0", "fails"))));
      assertEquals("ROLLED_BACK", end.phase(), end::toString);
      assertEquals("UNHEALTHY", end.failure(), end::toString);
      assertTrue(
          end.reason().contains("tv.hearth.tests.update.unit.Quiet can't be activated"),
          end::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void aReleaseThatRaisedAStoreAndFailedIsSaidToHaveLeftTheOldOneAiling(String kind)
      throws Exception {
    try (Box box = box(kind)) {
      Map<String, String> before = box.versions();
      Path raises = subject("2.0.0", "raises");
      Box.Ended end = box.update("op", repository.release("2", 1, 6, with(raises)));
      assertEquals("ROLLED_BACK", end.phase(), end::toString);
      assertEquals(before, box.versions(), "it ends once the old set was watched");
      String store = "its store is of version 2, this release knows 1";
      assertTrue(end.reason().startsWith("went back, but: " + SUBJECT), end::toString);
      assertTrue(end.reason().contains(store), end::toString);
      Object agent = box.service("tv.hearth.api.update.UpdateAgent");
      String health = Box.call(agent, "check").toString();
      assertTrue(health.contains("DEGRADED") && health.contains(store), health);
      System.clearProperty(Subject.RAISED);
      Box.Ended next =
          box.update("next", repository.release("3", 2, 3, with(subject("3.0.0", "good"))));
      assertEquals("COMMITTED", next.phase(), next::toString);
    } finally {
      System.clearProperty(Subject.RAISED);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void whatCantBeIsRefusedBeforeAnythingIsTouched(String kind) throws Exception {
    try (Box box = box(kind)) {
      Map<String, String> before = box.versions();
      Path good = subject("2.0.0", "good");
      refused(
          box,
          "BAD_RELEASE",
          Jars.changed(good, folder, "2.1.0", Map.of("Bundle-Activator", "x.Y")));
      refused(
          box,
          "UNRESOLVABLE",
          Jars.changed(good, folder, "2.2.0", Map.of("Import-Package", "no.such.package")));
      refused(
          box,
          "UNRESOLVABLE",
          Jars.changed(
              good,
              folder,
              "2.3.0",
              Map.of("Import-Package", "vendor.conflict.used;kind=a,vendor.conflict.b")));
      assertEquals(before, box.versions());
      Box.Ended end = box.update("good", repository.release("9", 99, 3, with(good)));
      assertEquals("COMMITTED", end.phase(), end::toString);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void anExchangeThatWouldRestartAVendorsBundleIsRefused(String kind) throws Exception {
    try (Box box = box(kind)) {
      Path api = Jars.one("tv.hearth.api");
      Path epg = Jars.empty(folder, "vendor.epg", Map.of("Import-Package", "tv.hearth.api.health"));
      box.context().installBundle(epg.toUri().toString()).start();
      Box.Ended end =
          box.update(
              "op",
              repository.release("2", 1, 3, with(Jars.changed(api, folder, "0.1.9", Map.of()))));
      assertEquals("UNRESOLVABLE", end.failure(), end::toString);
      assertTrue(end.reason().contains("vendor.epg"), end::toString);
    }
  }

  private void refused(Box box, String problem, Path jar) throws Exception {
    String version = jar.getFileName().toString().replaceAll(".*-|\\.jar", "");
    Box.Ended end = box.update("op" + version, repository.release(version, 1, 3, with(jar)));
    assertEquals("FAILED", end.phase(), end::toString);
    assertEquals(problem, end.failure(), end::toString);
  }

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void theAgentUpdatesItselfAndABrokenOneIsRolledBackByTheAnchor(String kind) throws Exception {
    try (Box box = box(kind)) {
      Path update = Jars.one("tv.hearth.update");
      Path newer = Jars.changed(update, folder, "0.1.1", Map.of());
      Box.Ended end =
          box.update("op", repository.release("2", 1, 3, with(newer, subject("2.0.0", "good"))));
      assertEquals("COMMITTED", end.phase(), end::toString);
      assertEquals("0.1.1", box.versions().get("tv.hearth.update"));
      Path broken = Jars.changed(update, folder, "0.1.2", Map.of("Service-Component", ""));
      Map<String, String> before = box.versions();
      box.begin("broken", repository.release("3", 2, 3, with(broken, subject("3.0.0", "good"))));
      Box.Ended back = box.ended("broken");
      assertEquals("ROLLED_BACK", back.phase(), back::toString);
      Box.await(() -> "the set before: " + box.versions(), () -> before.equals(box.versions()));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void twentyUpdatesBackToBackThenARestartLeaveNoMoreBehindThanOne(String kind) throws Exception {
    try (Box box = box(kind)) {
      for (int i = 2; i < 22; i++) {
        String version = i + ".0.0";
        Box.Ended end =
            box.update("op" + i, repository.release(version, i, 1, with(subject(version, "good"))));
        assertEquals("COMMITTED", end.phase(), end::toString);
      }
      System.gc();
      Object meters = Box.call(box.service("tv.hearth.api.update.UpdateAgent"), "read");
      assertTrue(meters.toString().contains("update.leaked.loaders"), meters::toString);
      try (var stored = Files.list(box.state().resolve("store"))) {
        assertTrue(stored.count() <= 4, "the store grows");
      }
      box.stop();
      box.start();
      Box.await("the last set", () -> "21.0.0".equals(box.versions().get(SUBJECT)));
    }
  }
}
