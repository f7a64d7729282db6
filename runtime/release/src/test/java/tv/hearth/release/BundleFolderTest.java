package tv.hearth.release;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BundleFolderTest {
  @TempDir Path folder;

  @Test
  void leavesOutWhatABoxWouldRefuse() throws Exception {
    jars("tv.hearth.api", "tv.hearth.crypto", "tv.hearth.update", "tv.hearth.storage");
    jars("tv.hearth.anchor", "tv.hearth.vendor-api", "tv.hearth.runtime.epg", "org.example.other");
    BundleFolder read = BundleFolder.read(folder);
    assertEquals(4, read.bundles().size());
    assertEquals(
        List.of(
            "org.example.other.jar",
            "tv.hearth.anchor.jar",
            "tv.hearth.runtime.epg.jar",
            "tv.hearth.vendor-api.jar"),
        read.leftOut());
  }

  @Test
  void aSetWithoutItsBaseIsRefusedBeforeItIsSigned() throws Exception {
    jars("tv.hearth.api", "tv.hearth.crypto", "tv.hearth.storage");
    ReleaseToolException e =
        assertThrows(ReleaseToolException.class, () -> BundleFolder.read(folder));
    assertTrue(e.getMessage().contains("tv.hearth.update"), e.getMessage());
  }

  private void jars(String... names) throws IOException {
    for (String name : names) {
      Manifest manifest = new Manifest();
      manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
      manifest.getMainAttributes().putValue("Bundle-SymbolicName", name + ";singleton:=true");
      Path jar = folder.resolve(name + ".jar");
      new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    }
  }
}
