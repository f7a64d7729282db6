package tv.hearth.runtime.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tv.hearth.vendor.objects.ByteSource;
import tv.hearth.vendor.objects.ObjectInfo.FileEntry;

/**
 * The bytes of a file, or of all files under a folder one after the other. Symbolic links are left
 * out: they could lead anywhere. One thread at a time.
 */
final class FolderSource implements ByteSource, AutoCloseable {
  private final List<Path> files;
  private final List<FileEntry> entries = new ArrayList<>();
  private final boolean folder;
  private int at;
  private long begin;
  private FileChannel open;

  /** Of {@code given}, which itself may be a link. */
  FolderSource(Path given) throws IOException {
    Path root = given.toRealPath();
    folder = Files.isDirectory(root);
    files = folder ? filesUnder(root) : List.of(root);
    for (Path file : files) {
      String path = folder ? root.relativize(file).toString() : file.getFileName().toString();
      entries.add(new FileEntry(path, Files.size(file), ""));
    }
    if (files.isEmpty()) {
      throw new IOException("no files in " + given);
    }
  }

  private static List<Path> filesUnder(Path root) throws IOException {
    try (Stream<Path> walk = Files.walk(root)) {
      return walk.filter(f -> Files.isRegularFile(f, java.nio.file.LinkOption.NOFOLLOW_LINKS))
          .sorted()
          .collect(Collectors.toList());
    }
  }

  /** The files of a folder; empty for a single file. */
  List<FileEntry> entries() {
    return folder ? entries : List.of();
  }

  /** Bytes in all. */
  long length() {
    return entries.stream().mapToLong(FileEntry::length).sum();
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    while (offset >= begin + entries.get(at).length()) {
      begin += entries.get(at).length();
      at++;
      close();
      if (at == files.size()) {
        throw new IOException("read beyond the end at " + offset);
      }
    }
    if (open == null) {
      open = FileChannel.open(files.get(at));
    }
    long left = begin + entries.get(at).length() - offset;
    ByteBuffer part = into.slice().limit((int) Math.min(left, into.remaining()));
    if (open.read(part, offset - begin) <= 0) {
      throw new IOException(files.get(at) + " got shorter while it was read: store it again");
    }
    into.position(into.position() + part.position());
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
