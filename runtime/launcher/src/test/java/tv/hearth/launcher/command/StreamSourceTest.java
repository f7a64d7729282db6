package tv.hearth.launcher.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.launcher.LauncherException;
import tv.hearth.launcher.ui.Progress;

class StreamSourceTest {
  @TempDir private Path folder;

  private static final class Endless extends InputStream {
    @Override
    public int read() {
      return 0;
    }
  }

  @Test
  void aStreamIsKeptForItsOwnerAloneAndDeletedAfterwards() throws Exception {
    byte[] content = {1, 2, 3};
    Path spool;
    try (StreamSource stream = new StreamSource("it", new ByteArrayInputStream(content), 3)) {
      spool = stream.spool(folder, Progress.NONE);
      assertEquals(3, Files.size(spool));
      assertEquals(
          "rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(spool)));
    }
    assertTrue(Files.notExists(spool));
  }

  @Test
  void oneWithoutAnEndIsRefusedAtTheLimit() throws Exception {
    try (StreamSource stream = new StreamSource("it", new Endless(), 1_000_000)) {
      String said =
          assertThrows(LauncherException.class, () -> stream.spool(folder, Progress.NONE))
              .getMessage();
      assertTrue(said.startsWith("it gave more than 1.00 MB: nothing is stored"), said);
    }
    try (var left = Files.list(folder)) {
      assertEquals(0, left.count());
    }
  }

  @Test
  void aStreamIsTold() throws Exception {
    for (String name : new String[] {"-", "/dev/stdin", "/dev/fd/0"}) {
      assertNotNull(StreamSource.of(name, 1));
    }
    assertNull(StreamSource.of(folder.toString(), 1));
    assertNull(StreamSource.of(folder.resolve("gone").toString(), 1));
    String said =
        assertThrows(LauncherException.class, () -> StreamSource.of("/dev/zero", 1)).getMessage();
    assertTrue(said.startsWith("/dev/zero is a device: pipe"), said);
  }
}
