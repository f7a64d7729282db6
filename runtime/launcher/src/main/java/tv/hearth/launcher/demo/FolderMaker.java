package tv.hearth.launcher.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A folder of files as a household has them: many sizes, bytes that don't compress. */
final class FolderMaker {
  private static final int[] KILOBYTES = {1, 3, 17, 120, 450, 900, 2_500, 4_000, 7_000, 9_000};

  private FolderMaker() {}

  static Film make(Path scratch, long seed) throws IOException {
    Path folder = Files.createDirectories(scratch.resolve("folder-of-files/2026"));
    Random random = new Random(seed);
    for (int i = 0; i < KILOBYTES.length; i++) {
      byte[] content = new byte[KILOBYTES[i] * 1000 + random.nextInt(1000)];
      random.nextBytes(content);
      Files.write(folder.resolve("file " + (i + 1) + ".bin"), content);
    }
    return new Film("folder-of-files", folder.getParent());
  }
}
