package tv.hearth.support.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.BundleContext;

class HomeTest {
  @TempDir private Path folder;

  private static BundleContext context(String home) {
    return (BundleContext)
        Proxy.newProxyInstance(
            HomeTest.class.getClassLoader(),
            new Class<?>[] {BundleContext.class},
            (proxy, method, arguments) -> {
              assertEquals("getProperty", method.getName());
              assertEquals("hearth.home", arguments[0]);
              return home;
            });
  }

  @Test
  void aBundleGetsAFolderOfItsOwn() {
    Path root = folder.resolve("not/yet");
    assertEquals(root.resolve("storage"), Home.folder(context(root.toString()), "storage"));
    assertTrue(Files.isDirectory(root.resolve("storage")));
  }

  @Test
  void aMissingPropertyIsNamed() {
    for (String none : new String[] {null, "", "  "}) {
      IllegalStateException thrown =
          assertThrows(IllegalStateException.class, () -> Home.folder(context(none), "storage"));
      assertEquals(
          "set the framework property hearth.home to a folder for Hearth's state",
          thrown.getMessage());
    }
  }

  @Test
  void aRootThatIsNoFolderIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "x");
    UncheckedIOException thrown =
        assertThrows(
            UncheckedIOException.class, () -> Home.folder(context(file.toString()), "storage"));
    assertEquals(
        "can't create storage under hearth.home=" + file + ": make it writable",
        thrown.getMessage());
  }
}
