package tv.hearth.runtime.control;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeapDumpTest {
  @TempDir private Path folder;

  @Test
  void isInHotSpotsFormatAndForItsOwnerAlone() throws IOException {
    Path file = folder.resolve("a.hprof");
    String said = HeapDump.write(file.toString());
    try (InputStream in = Files.newInputStream(file)) {
      byte[] begin = "JAVA PROFILE 1.0.2".getBytes(StandardCharsets.US_ASCII);
      assertArrayEquals(begin, in.readNBytes(begin.length));
    }
    assertEquals(
        "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)), said);
    assertTrue(said.contains("\"bytes\":" + Files.size(file)), said);
  }

  @Test
  void aFileThatIsThereOrCanNotBeIsNamed() throws IOException {
    Path there = Files.writeString(folder.resolve("there.hprof"), "x");
    for (Path path : new Path[] {there, folder.resolve("no/such.hprof")}) {
      IOException refused = assertThrows(IOException.class, () -> HeapDump.write(path.toString()));
      assertTrue(refused.getMessage().contains(path.toString()), refused.getMessage());
    }
    assertEquals("x", Files.readString(there));
  }
}
