package tv.hearth.tests.update;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A box's JVM is killed while it updates, at points that its journal tells; then it is started. */
class KillTest {
  private static final String SUBJECT = "tv.hearth.subject";
  private static final String OTHER = "tv.hearth.other";
  private static final String[] BASE = {
    "org.",
    "tv.hearth.anchor",
    "tv.hearth.api",
    "tv.hearth.vendor-api",
    "tv.hearth.crypto",
    "tv.hearth.lib.bouncycastle",
    "tv.hearth.update"
  };

  /** Records that an update without trouble writes, about. */
  private static final int RECORDS = 9;

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void killedAndStarted(long seed) throws Exception {
    Random random = new Random(seed);
    int records = 1 + random.nextInt(RECORDS);
    long pause = random.nextInt(200);
    String context = "seed " + seed + ": after " + records + " records and " + pause + " ms";
    TestRepository repository =
        new TestRepository(Files.createDirectories(folder.resolve("repository")));
    List<Path> firmware = new ArrayList<>(Jars.shipped(BASE));
    List<Path> release = new ArrayList<>();
    for (Path jar : firmware) {
      String name = jar.getFileName().toString();
      if (name.startsWith("tv.hearth.") && !name.matches("tv\\.hearth\\.(anchor|vendor-api)-.*")) {
        release.add(jar);
      }
    }
    for (String name : List.of(SUBJECT, OTHER)) {
      firmware.add(Jars.subject(folder, name, "1.0.0", "good", Map.of()));
      release.add(Jars.subject(folder, name, "2.0.0", "good", Map.of()));
    }
    String target = repository.release("2", 1, 3, release);
    kill(firmware, repository, target, records, pause);
    try (Box box = new Box("felix", folder.resolve("box"), firmware, repository).start()) {
      String subject = box.versions().get(SUBJECT);
      String other = box.versions().get(OTHER);
      assertTrue(subject != null && subject.equals(other), context + ": " + box.versions());
      Box.Ended end = box.update("op", target);
      assertTrue(end.phase().equals("COMMITTED"), context + ": " + end);
      Box.await(
          () -> context + ": " + box.versions(),
          () ->
              "2.0.0".equals(box.versions().get(SUBJECT))
                  && "2.0.0".equals(box.versions().get(OTHER)));
    }
  }

  private void kill(
      List<Path> firmware, TestRepository repository, String target, int records, long pause)
      throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    command.add(BoxMain.class.getName());
    command.addAll(List.of("felix", folder.resolve("box").toString()));
    command.addAll(List.of(repository.folder().toString(), target));
    firmware.forEach(jar -> command.add(jar.toString()));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    try {
      Box.await(
          () -> "record " + records + " of the journal; see " + folder.resolve("log"),
          () -> newest() >= records || !process.isAlive());
      process.waitFor(pause, TimeUnit.MILLISECONDS);
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private long newest() {
    Path journal = folder.resolve("box/home/update/journal");
    if (!Files.isDirectory(journal)) {
      return 0;
    }
    try (var files = Files.list(journal)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".rec"))
          .mapToLong(name -> Long.parseLong(name.substring(0, 12)))
          .max()
          .orElse(0);
    } catch (IOException | UncheckedIOException renamed) {
      return 0; // a file went while it was listed: looked at again
    }
  }
}
