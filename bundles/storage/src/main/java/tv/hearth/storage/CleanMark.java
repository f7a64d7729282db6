package tv.hearth.storage;

import java.io.IOException;
import java.nio.file.Path;

/** A file that is there only between an orderly stop and the next start. */
final class CleanMark {
  private final FileLayer files;
  private final Path file;

  CleanMark(FileLayer files, Path file) {
    this.files = files;
    this.file = file;
  }

  /** Removes the mark, durably; true where it was there. */
  boolean take() throws IOException {
    boolean there = files.size(file) >= 0;
    if (there) {
      files.delete(file);
      files.syncFolder(file.getParent());
    }
    return there;
  }

  /** Sets the mark. */
  void set() throws IOException {
    files.create(file).close();
  }
}
