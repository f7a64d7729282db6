package tv.hearth.support.release;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.support.io.DurableFiles;

/** A folder of the disk itself. Closed, it gives no {@link #turn} any more. */
public final class FolderDisk implements Disk, Closeable {
  private static final String TURN = "turn";

  private final Path root;
  private final FolderTurn turn;

  /** Over a folder that exists. */
  public FolderDisk(Path root) {
    this.root = root;
    this.turn = new FolderTurn(root.resolve(TURN));
  }

  /** Where a name lies. */
  public Path path(String name) {
    return root.resolve(name);
  }

  @Override
  public InputStream open(String name) throws IOException {
    return Files.newInputStream(path(name));
  }

  @Override
  public Sink create(String name) throws IOException {
    Path file = path(name);
    folder(file.getParent());
    return new Channel(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE));
  }

  @Override
  public void sync(String name) throws IOException {
    try (FileChannel channel = FileChannel.open(path(name), StandardOpenOption.WRITE)) {
      channel.force(true);
    }
  }

  @Override
  public void rename(String from, String to) throws IOException {
    folder(path(to).getParent());
    Files.move(
        path(from), path(to), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void delete(String name) throws IOException {
    Files.deleteIfExists(path(name));
  }

  @Override
  public void syncFolder(String folder) throws IOException {
    DurableFiles.syncFolder(path(folder));
  }

  @Override
  public List<String> names(String folder) throws IOException {
    List<String> names = new ArrayList<>();
    try (DirectoryStream<Path> entries =
        Files.newDirectoryStream(path(folder), Files::isRegularFile)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    } catch (NoSuchFileException | NotDirectoryException none) {
      return List.of();
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    return names;
  }

  @Override
  public long size(String name) throws IOException {
    try {
      return Files.size(path(name));
    } catch (NoSuchFileException none) {
      return -1;
    }
  }

  @Override
  public long free() throws IOException {
    return Files.getFileStore(root).getUsableSpace();
  }

  @Override
  public Turn turn() throws IOException {
    return turn.take(FolderTurn.PATIENCE_MILLIS);
  }

  @Override
  public void close() throws IOException {
    turn.close();
  }

  private static void folder(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      DurableFiles.createFolder(folder);
      DurableFiles.syncFolder(folder.toAbsolutePath().getParent());
    }
  }

  private record Channel(FileChannel channel) implements Sink {
    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, length);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    }

    @Override
    public void sync() throws IOException {
      channel.force(true);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
