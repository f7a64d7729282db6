package tv.hearth.tests.benchmarks.stage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Writes pieces as files: temporary file, fsync, rename; or reads such files, cached or not. */
final class DiskStage implements Stage {
  private final Path folder;
  private final long pieceLength;
  private final boolean read;
  private final ByteBuffer part = ByteBuffer.allocateDirect(4 * Work.UNIT);
  private final List<Path> files = new ArrayList<>();

  DiskStage(Work work, boolean read) throws IOException {
    folder = Files.createTempDirectory(work.folder(), "stage-disk-");
    pieceLength = work.pieceLength();
    this.read = read;
    byte[] content = new byte[part.capacity()];
    new Random(1).nextBytes(content);
    part.put(content);
  }

  @Override
  public void run(long bytes) throws IOException {
    if (!read) {
      clear();
    }
    int file = 0;
    for (long at = 0; at < bytes; at += pieceLength) {
      long length = Math.min(pieceLength, bytes - at);
      if (!read || file == files.size()) {
        write(length);
      }
      if (read) {
        read(files.get(file++));
      }
    }
  }

  private void write(long length) throws IOException {
    Path temporary = folder.resolve("part-" + files.size());
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (long at = 0; at < length; ) {
        at += channel.write(part.clear().limit((int) Math.min(part.capacity(), length - at)));
      }
      channel.force(true);
    }
    Path whole = folder.resolve("piece-" + files.size());
    files.add(Files.move(temporary, whole, StandardCopyOption.ATOMIC_MOVE));
  }

  private void read(Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      while (channel.read(part.clear()) >= 0) {
        part.flip();
      }
    }
  }

  private void clear() throws IOException {
    for (Path file : files) {
      Files.delete(file);
    }
    files.clear();
  }

  @Override
  public void close() throws IOException {
    clear();
    Files.delete(folder);
  }
}
