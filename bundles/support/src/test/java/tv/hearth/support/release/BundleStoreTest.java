package tv.hearth.support.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleStoreTest {
  @TempDir Path folder;

  private Path file(String name) throws Exception {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, "x");
  }

  /** Else a release that was taken back would find its own things gone. */
  @Test
  void whatIsNoJarOfOursIsLeftAlone() throws Exception {
    Path kept = file(BundleStore.stored("a".repeat(64)));
    Path old = file(BundleStore.stored("b".repeat(64)));
    Path half = file(BundleStore.incoming("c".repeat(64)));
    Path newer = file("store/index.of-the-future");
    try (FolderDisk disk = new FolderDisk(folder)) {
      new BundleStore(disk).keepOnly(Set.of("a".repeat(64)));
    }
    assertTrue(Files.exists(kept) && Files.exists(newer));
    assertFalse(Files.exists(old) || Files.exists(half));
  }

  /** A bundle by reference changes with its file, and the framework says nothing of that. */
  @Test
  void anotherFileAtAFirmwaresLocationHasAnotherStamp() throws Exception {
    Path jar = file("firmware.jar");
    String location = "reference:" + jar.toUri();
    long stamp = BundleStore.stamp(location);
    assertEquals(stamp, BundleStore.stamp(jar.toUri().toString()));
    Files.writeString(jar, "xy");
    assertNotEquals(stamp, BundleStore.stamp(location));
    Files.delete(jar);
    assertEquals(0, BundleStore.stamp(location));
    assertEquals(0, BundleStore.stamp("hearth:tv.hearth.added"), "no file of a firmware");
  }
}
