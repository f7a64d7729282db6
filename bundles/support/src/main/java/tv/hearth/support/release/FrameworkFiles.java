package tv.hearth.support.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.stream.Stream;

/**
 * The framework's own storage. Frameworks don't sync what they write there: after a power cut a
 * bundle may be empty although the framework had said that it was updated.
 */
final class FrameworkFiles {
  private final Path folder;
  private FileTime since = FileTime.fromMillis(0);

  /** Null: unknown where it is. */
  FrameworkFiles(String folder) {
    this.folder = folder == null ? null : Path.of(folder);
  }

  /** Makes what changed since the last call durable. */
  synchronized void sync() throws IOException {
    if (folder == null || !Files.isDirectory(folder)) {
      return;
    }
    FileTime begun = FileTime.fromMillis(System.currentTimeMillis());
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : (Iterable<Path>) all::iterator) {
        sync(path);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    since = begun;
  }

  private void sync(Path path) throws IOException {
    // Two seconds: coarse clocks of file systems.
    long oldest = since.toMillis() - 2_000;
    try {
      if (Files.getLastModifiedTime(path).toMillis() >= oldest) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
          channel.force(true);
        }
      }
    } catch (NoSuchFileException gone) {
      return; // the framework removed it meanwhile
    }
  }
}
