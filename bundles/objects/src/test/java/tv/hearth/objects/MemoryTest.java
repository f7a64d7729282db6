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
      assertTrue(process.waitFor(120, TimeUnit.SECONDS), "did not end");
      String said = Files.readString(folder.resolve("out"));
      System.out.print(said);
      assertEquals(0, process.exitValue(), said);
      assertTrue(said.contains("read 400000000"), said);
    } finally {
      process.destroyForcibly();
    }
  }
}
