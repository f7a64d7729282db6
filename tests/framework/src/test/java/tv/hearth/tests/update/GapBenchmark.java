package tv.hearth.tests.update;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How long a provider's services are away when it is exchanged, from the begin of its stop to the
 * end of its start: 50 times, in the whole set. Run by {@code -Dhearth.benchmark=gap}.
 */
@EnabledIfSystemProperty(named = "hearth.benchmark", matches = "gap")
class GapBenchmark {
  private static final int TIMES = 50;
  private static final long GOAL_MILLIS = 500;
  private static final String STORAGE = "tv.hearth.storage";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void gap(String kind) throws Exception {
    TestRepository repository =
        new TestRepository(Files.createDirectories(folder.resolve("repository")));
    List<Path> firmware = Jars.shipped("");
    List<Path> rest = new ArrayList<>();
    for (Path jar : firmware) {
      String name = jar.getFileName().toString().replaceAll("-[0-9].*", "");
      if (name.startsWith("tv.hearth.")
          && !Set.of("tv.hearth.anchor", "tv.hearth.vendor-api", STORAGE).contains(name)) {
        rest.add(jar);
      }
    }
    List<Long> gaps = new ArrayList<>();
    try (Box box = new Box(kind, folder.resolve("box"), firmware, repository).start()) {
      for (int i = 1; i <= TIMES; i++) {
        List<Path> release = new ArrayList<>(rest);
        release.add(Jars.changed(Jars.one(STORAGE), folder, "0.2." + i, Map.of()));
        Box.Ended end = box.update("op" + i, repository.release("2." + i, i, 1, release));
        assertEquals("COMMITTED", end.phase(), end::toString);
        gaps.add((Long) end.gaps().get(STORAGE));
      }
    }
    gaps.sort(null);
    long median = gaps.get(TIMES / 2);
    long worst = gaps.get(TIMES - 1);
    System.out.printf("%s: gap of storage: median %d ms, worst %d ms%n", kind, median, worst);
    assertTrue(worst <= GOAL_MILLIS, () -> "worst " + worst + " ms of " + gaps);
  }
}
