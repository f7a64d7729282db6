package tv.hearth.launcher.fetch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tv.hearth.launcher.LauncherException;

/** What cp does. */
class TargetTest {
  @TempDir private Path root;
  private String there;

  @BeforeEach
  void make() throws IOException {
    there = Files.createDirectories(root.resolve("there")).toString();
    Files.writeString(root.resolve("file"), "x");
  }

  private String at(String name) {
    return root.resolve(name).toString();
  }

  private static String refused(String given, boolean folder) {
    return assertThrows(LauncherException.class, () -> Target.of(given, "film", folder))
        .getMessage();
  }

  @Test
  void intoAFolderThatIsThere() {
    for (boolean folder : new boolean[] {false, true}) {
      assertEquals(Path.of(there, "film"), Target.of(there, "film", folder));
      assertEquals(Path.of(there, "film"), Target.of(there + "/", "film", folder));
    }
    assertEquals(Path.of("film").toAbsolutePath(), Target.of(null, "film", false));
  }

  @Test
  void elseItIsTheThingItself() {
    assertEquals(root.resolve("new"), Target.of(at("new"), "film", false));
    assertEquals(root.resolve("new"), Target.of(at("new") + "/", "film", true));
    assertEquals(root.resolve("file"), Target.of(at("file"), "film", false));
  }

  @Test
  void whatCannotBeIsSaid() throws IOException {
    assertEquals(
        "there is no folder " + at("new") + "/: make it (mkdir -p) first",
        refused(at("new") + "/", false));
    assertEquals(
        "there is no folder " + at("none") + ": make it (mkdir -p) first",
        refused(at("none/a"), false));
    assertEquals(
        at("file") + " is a file, and 'film' a folder: write it elsewhere by -o",
        refused(at("file"), true));
    Files.createDirectory(root.resolve("there/film"));
    assertEquals(
        at("there/film") + " is a folder, and 'film' a file: write it elsewhere by -o",
        refused(there, false));
  }
}
