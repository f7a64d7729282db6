package tv.hearth.launcher.hood;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTest {
  private static final Mounts BOX =
      new Mounts(
          List.of(
              "/dev/root / squashfs ro,relatime 0 0",
              "/dev/mmcblk0p7 /data ext4 rw,nosuid,nodev,noexec 0 0",
              "/dev/mmcblk0p8 /data/programs ext4 rw 0 0",
              "tmpfs /my\\040box\\134s tmpfs rw,noexec 0 0",
              "tmpfs /twice tmpfs rw,noexec 0 0",
              "tmpfs /twice tmpfs rw 0 0",
              "not a mount"));

  @TempDir private Path folder;

  @Test
  void theNearestMountSaysWhetherItMayHoldPrograms() {
    assertTrue(BOX.isNoexec(Path.of("/data/hood")));
    assertTrue(BOX.isNoexec(Path.of("/data")));
    assertFalse(BOX.isNoexec(Path.of("/data/programs/hood")));
    assertFalse(BOX.isNoexec(Path.of("/database")));
    assertFalse(BOX.isNoexec(Path.of("/usr")));
  }

  @Test
  void namesWithBlanksAndMountsOverMounts() {
    assertTrue(BOX.isNoexec(Path.of("/my box\\s/hood")));
    assertFalse(BOX.isNoexec(Path.of("/twice/hood")));
    assertFalse(new Mounts(List.of()).isNoexec(folder));
  }

  @Test
  void theFirmwaresLibraryIsNamedWhereABoxesFolderMayHoldNone() throws Exception {
    Files.createDirectories(folder.resolve("runtime/box/target/native/Linux"));
    SqliteFile library = new SqliteFile(new Installation(folder));
    assertEquals(List.of(), library.options(Path.of("/usr/hood"), BOX, "amd64"));
    Path file = folder.resolve("runtime/box/target/native/Linux/x86_64/libsqlitejdbc.so");
    assertEquals(
        List.of("-Dhearth.sqlite.library=" + file),
        library.options(Path.of("/data/hood"), BOX, "amd64"));
  }
}
