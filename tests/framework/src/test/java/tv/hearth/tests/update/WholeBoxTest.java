package tv.hearth.tests.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The released set, whole, whose storage, transfer and crypto are exchanged while it runs. */
class WholeBoxTest {
  private static final Set<String> EXCHANGED =
      Set.of("tv.hearth.storage", "tv.hearth.transfer", "tv.hearth.crypto");

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"felix", "equinox"})
  void storageTransferAndCryptoAreExchangedAndNothingElseIsRestarted(String kind) throws Exception {
    TestRepository repository =
        new TestRepository(Files.createDirectories(folder.resolve("repository")));
    List<Path> firmware = Jars.shipped("");
    List<Path> release = new ArrayList<>();
    for (Path jar : firmware) {
      String name = jar.getFileName().toString().replaceAll("-[0-9].*", "");
      if (EXCHANGED.contains(name)) {
        release.add(Jars.changed(jar, folder, "0.1.7", Map.of()));
      } else if (name.startsWith("tv.hearth.")
          && !Set.of("tv.hearth.anchor", "tv.hearth.vendor-api").contains(name)) {
        release.add(jar);
      }
    }
    try (Box box = new Box(kind, folder.resolve("box"), firmware, repository).start()) {
      box.configure("tv.hearth.transfer", Map.of("port", 0));
      box.configure("tv.hearth.gateway", Map.of("port", 0));
      Map<String, String> before = box.versions();
      Box.Ended end = box.update("op", repository.release("2", 1, 5, release));
      assertEquals("COMMITTED", end.phase(), end::toString);
      assertEquals(EXCHANGED, end.gaps().keySet());
      before.replaceAll((name, version) -> EXCHANGED.contains(name) ? "0.1.7" : version);
      assertEquals(before, box.versions());
    }
  }
}
