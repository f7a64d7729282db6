package tv.hearth.tests.update;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A release of 20 MB passes through a box's JVM that has 64 MB in all. */
class LargeReleaseTest {
  private static final int BYTES = 20_000_000;
  private static final String[] BASE = {
    "org.",
    "tv.hearth.anchor",
    "tv.hearth.api",
    "tv.hearth.vendor-api",
    "tv.hearth.crypto",
    "tv.hearth.lib.bouncycastle",
    "tv.hearth.update"
  };

  @TempDir private Path folder;

  @Test
  void twentyMegabytesInAHeapOf64() throws Exception {
    TestRepository repository =
        new TestRepository(Files.createDirectories(folder.resolve("repository")));
    byte[] noise = new byte[BYTES];
    new Random(1).nextBytes(noise);
    Path large = Files.write(folder.resolve("noise"), noise);
    List<Path> firmware = new ArrayList<>(Jars.shipped(BASE));
    List<Path> release = new ArrayList<>();
    for (Path jar : firmware) {
      String name = jar.getFileName().toString();
      if (name.startsWith("tv.hearth.") && !name.matches("tv\\.hearth\\.(anchor|vendor-api)-.*")) {
        release.add(jar);
      }
    }
    release.add(
        Jars.subject(
            folder,
            "tv.hearth.subject",
            "2.0.0",
            "good",
            Map.of("-includeresource", large.toString())));
    String target = repository.release("2", 1, 3, release);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(BoxMain.class.getName());
    command.addAll(List.of("felix", folder.resolve("box").toString()));
    command.addAll(List.of(repository.folder().toString(), target));
    firmware.forEach(jar -> command.add(jar.toString()));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    try {
      assertEquals(0, process.waitFor(), () -> "see " + log);
    } finally {
      process.destroyForcibly().waitFor();
    }
    try (Box box = new Box("felix", folder.resolve("box"), firmware, repository).start()) {
      Box.await("the agent's memory", () -> box.phase("op").equals("COMMITTED"));
      assertEquals("2.0.0", box.versions().get("tv.hearth.subject"));
    }
  }
}
