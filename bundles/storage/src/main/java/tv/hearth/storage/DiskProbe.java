package tv.hearth.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import tv.hearth.api.pieces.StoreException;

/** Finds out whether a disk takes what is written, before somebody's piece does. Blocks on it. */
final class DiskProbe {
  private static final int BYTES = 4096;

  private final FileLayer files;
  private final Layout layout;
  private final long keepFree;

  DiskProbe(FileLayer files, Layout layout, long keepFree) {
    this.files = files;
    this.layout = layout;
    this.keepFree = keepFree;
  }

  /** What is wrong, with the remedy; empty where all is well. */
  String look() {
    Path file = layout.probe();
    try {
      try (FileLayer.Opened opened = files.create(file)) {
        opened.write(ByteBuffer.allocate(BYTES), 0);
        opened.force();
      } finally {
        files.delete(file);
      }
      long free = files.free(layout.root());
      return free < keepFree
          ? "the disk has "
              + free
              + " bytes free and "
              + keepFree
              + " stay free: no piece is taken; free some of it"
          : "";
    } catch (IOException e) {
      StoreException problem = DiskErrors.of("writing to the disk", e, files, layout.root());
      return problem.getMessage();
    }
  }
}
