package tv.hearth.objects;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A box's JVM has 64 MiB of heap; an object of any length must pass through it. */
class MemoryTest {
  private static final long STANDSTILL = 120;

  @TempDir private Path folder;

  @Test
  void aLongObjectPassesThroughTheHeapOfABox() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        List.of(
            java.toString(),
            "-Xmx64m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            LongObject.class.getName(),
            folder.toString(),
            "400000000");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    try {
      awaitEnd(process, folder.resolve("out"));
      String said = Files.readString(folder.resolve("out"));
      System.out.print(said);
      assertEquals(0, process.exitValue(), said);
      assertTrue(said.contains("read 400000000"), said);
    } finally {
      process.destroyForcibly();
    }
  }

  /** As long as it says something: the machine may be slow. */
  private static void awaitEnd(Process process, Path out) throws Exception {
    long said = -1;
    while (!process.waitFor(STANDSTILL, TimeUnit.SECONDS)) {
      long now = Files.size(out);
      assertTrue(now > said, () -> "stands still: " + out);
      said = now;
    }
  }
}
