package tv.hearth.storage;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import tv.hearth.support.io.DurableFiles;

/** The folders that must be there. */
final class Folders {
  private Folders() {}

  static void create(FileLayer files, Layout layout) throws IOException {
    DurableFiles.createFolder(layout.root()); // databases and lock are on the disk in any case
    for (Path folder :
        List.of(
            layout.root(), layout.pieces(), layout.incoming(), layout.keeps(), layout.damaged())) {
      files.createFolder(folder);
    }
  }
}
