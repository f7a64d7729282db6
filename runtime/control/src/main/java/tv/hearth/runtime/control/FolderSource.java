package tv.hearth.runtime.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tv.hearth.vendor.objects.ByteSource;
import tv.hearth.vendor.objects.ObjectInfo.FileEntry;

/**
 * The bytes of a file, or of all files under a folder one after the other, as they were when this
 * was made: with the last byte every file is looked at again, and one that was written to meanwhile
 * fails the whole, before anybody could see a mixture. Read by one thread at a time.
 */
final class FolderSource implements ByteSource, AutoCloseable {
  private final Tree tree;
  private final List<Path> files;
  private final List<FileEntry> entries = new ArrayList<>();
  private final long length;
  private int at;
  private long begin;
  private FileChannel open;
  private volatile long read;
  private volatile String stopped;

  /** Of {@code given}, which itself may be a link. */
  FolderSource(Path given) throws IOException {
    tree = new Tree(given);
    files = tree.files();
    for (Path file : files) {
      entries.add(new FileEntry(tree.name(file), tree.stamp(file).size(), ""));
    }
    length = entries.stream().mapToLong(FileEntry::length).sum();
  }

  /** The files of a folder; empty for a single file. */
  List<FileEntry> entries() {
    return tree.isFolder() ? entries : List.of();
  }

  /** Bytes in all. */
  long length() {
    return length;
  }

  /** What the folder has besides files. */
  List<Tree.LeftOut> leftOut() {
    return tree.leftOut();
  }

  /** Bytes that were read; any thread. */
  long done() {
    return read;
  }

  /** Lets every later read fail with that reason; any thread. */
  void stop(String reason) {
    stopped = reason;
  }

  @Override
  public void read(long offset, ByteBuffer into) throws IOException {
    if (stopped != null) {
      throw new IOException(stopped);
    }
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
      throw Tree.changed(files.get(at));
    }
    if (offset + part.position() == length) {
      tree.requireSame();
    }
    into.position(into.position() + part.position());
    read = offset + part.position();
  }

  @Override
  public void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
