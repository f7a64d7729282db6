package tv.hearth.launcher.tuf;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A power cut in the middle of a write leaves a file that nobody needs. */
class LeftoversTest {
  @TempDir private Path folder;

  @Test
  void whatAPowerCutLeftIsRemovedAtTheStart() throws Exception {
    Path left = Files.write(folder.resolve("root.json.tmp"), new byte[9]);
    Path kept = Files.write(folder.resolve("root.json"), new byte[9]);
    new FolderStore(folder);
    assertFalse(Files.exists(left));
    assertTrue(Files.exists(kept));
  }
}
